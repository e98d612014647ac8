"""The public zone, where a visitor sits: it keeps ciphertext and public notices, nothing else."""
