"""Versioned question sets and their responses: surveys now, assessments later, one engine."""
