"""Alerts（お知らせ）: what staff are told."""
