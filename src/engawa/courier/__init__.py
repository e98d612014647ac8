"""Carries sealed envelopes from the porch to the office, and letters from the office to the porch."""
