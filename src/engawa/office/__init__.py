"""The staff zone: desk, casework, conferences, statistics. It never opens a port to the porch."""
