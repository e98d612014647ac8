"""How papers leave the house: tagged PDF, and workbooks that look like the forms."""
