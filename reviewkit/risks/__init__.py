"""Registers -> which risk a text speaks of, how often each kind came true, and what nobody foresaw."""
