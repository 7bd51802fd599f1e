"""Files in and out: imports, the sample organisation, plain tables."""
