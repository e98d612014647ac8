"""Talks（やりとり）: one conversation with one seat, whatever the channel.

A visitor's words arrive as letters, wait with a clock, are claimed by a counsellor and answered; answers leave as
letters. Talks know nothing of cases but an id: casework builds on them, the page to work them on is ``desk``.
"""
