"""What stands on each paper, drawn from the records; nothing is typed a second time."""
