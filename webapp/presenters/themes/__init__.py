"""Themes and what is done with them -> what their pages say."""
