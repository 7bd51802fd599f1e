"""The library: lifecycle, quality hints, duplicates."""
