"""Domain-free building blocks: clock, ids, 和暦, kana, codes, rounding, spreadsheets, locks, live topics."""
