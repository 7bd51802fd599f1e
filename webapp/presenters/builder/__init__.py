"""A review's questions -> the pages where its form is made."""
