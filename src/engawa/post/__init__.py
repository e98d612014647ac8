"""The contract between porch and office: every kind of letter that may pass, and how it is sealed."""
