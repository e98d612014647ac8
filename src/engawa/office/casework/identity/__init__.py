"""Identity（名寄せ）: who is who. Duplicates, merge and split, inquiries, the way from anonymous to named."""
