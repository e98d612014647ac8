"""What a handed-over file really is, by its content, and whether it is harmless. Each kind is one module."""
