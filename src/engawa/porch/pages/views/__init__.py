"""The visitor's pages, by noun: reading pages, talks, the seat."""
