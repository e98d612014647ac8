"""Seats（席）: a visitor's anonymous place, opened by a passphrase（合言葉）."""
