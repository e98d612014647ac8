"""Entrances: the ways a word comes in. The web entrance joins seats and mailbox."""
