"""Ways in: survey templates, checking of answers, importers (one file a format)."""
