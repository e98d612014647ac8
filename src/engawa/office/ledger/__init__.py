"""Import of offices' existing ledgers, its undoing, and the ledger given out again."""
