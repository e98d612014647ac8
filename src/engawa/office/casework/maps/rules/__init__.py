"""What may stand in a family and a support team, and where everything lies on the maps. Plain values only."""
