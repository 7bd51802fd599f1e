"""Reviews from template to results: made, answered, shown."""
