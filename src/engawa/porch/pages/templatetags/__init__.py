"""Template tags of the visitor's pages."""
