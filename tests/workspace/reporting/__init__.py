"""The review report: what it tells, and what it keeps to itself."""
