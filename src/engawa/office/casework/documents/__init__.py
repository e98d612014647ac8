"""Documents（書類）of a case: taken in only when harmless, kept sealed, in versions, and erased by destroying a key."""
