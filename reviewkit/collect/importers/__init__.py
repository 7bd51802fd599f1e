"""Tables that people arrive with -> records, one file a format; values in, records and warnings out."""
