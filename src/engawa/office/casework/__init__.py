"""Casework（ケース）: people, cases and their timeline. Parts: timeline > cases > people."""
