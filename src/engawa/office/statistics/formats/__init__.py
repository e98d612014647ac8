"""The forms in which tables leave: csv and json (plain numbers), workbook, page and paper (△ and －)."""
