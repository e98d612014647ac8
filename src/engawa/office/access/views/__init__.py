"""Pages of access: one's own corner, staff, organisations, broken glass."""
