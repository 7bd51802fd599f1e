"""The only SQL: a port, and the SQLite store behind it."""
