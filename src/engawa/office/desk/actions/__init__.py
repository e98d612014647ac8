"""The desk's only writers, by noun."""
