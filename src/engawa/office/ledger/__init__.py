"""Import of offices' existing ledgers, and its undoing."""
