"""The steps of the analysis: each finds what is missing in the store, derives it and saves it."""
