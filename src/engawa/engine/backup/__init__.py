"""One encrypted file with everything that must survive: both databases, the keys and the rest of the data folder."""
