"""Forms of casework, by noun. Nothing about a person is required; what was typed comes back with every error."""
