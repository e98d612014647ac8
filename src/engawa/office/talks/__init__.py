"""Talks（やりとり）: one conversation with one seat, whatever the channel."""
