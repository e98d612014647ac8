"""The running house: settings per zone, the command, the embedded PostgreSQL, the processes, the demo."""
