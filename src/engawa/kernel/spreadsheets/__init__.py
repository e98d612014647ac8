"""Spreadsheets as offices exchange them: read with care, written without traps. No domain words."""
