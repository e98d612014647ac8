"""The demo city みやこ市: an invented city with its organisations, staff of every role, desks, talks and a past."""
