"""Ways out: tables that are safe to open in a spreadsheet."""
