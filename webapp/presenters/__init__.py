"""Records of the core -> what a page shows, in plain words."""
