"""Taking in many cases, states and contacts at once, from an office's earlier records, and giving them back."""
