"""The only writers of plans and of staying connected."""
