"""Reads of plans and of staying connected, and what they add to the timeline."""
