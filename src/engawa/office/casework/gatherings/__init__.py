"""Gatherings（家族教室・家族会）: series of days for families, who takes part, and who came.

Whoever came and has a case gets a contact in it, written once. Built on the timeline.
"""
