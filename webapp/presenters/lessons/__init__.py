"""Lessons -> what their pages show."""
