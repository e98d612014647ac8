"""Domain-free building blocks: clock, ids, wareki, kana, codes, rounding, sealed boxes, spreadsheets, locks, live topics."""
