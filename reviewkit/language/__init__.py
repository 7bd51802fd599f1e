"""Text -> statements and vectors: redaction, splitting, kinds, areas, passages."""
