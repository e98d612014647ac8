"""The processes of a running house, each with a module of its own, and the supervisor that keeps them up."""
