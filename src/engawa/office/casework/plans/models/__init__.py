"""What is kept: code lists, plans with their goals, reviews and evaluations, and staying connected."""
