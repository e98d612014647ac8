"""The only writers of the ledger: taking in, receiving files, undoing."""
