"""A document -> HTML, Word or Markdown."""
