"""Households（世帯）: their members, how these are related, what troubles them and what happened to them."""
