"""What all commands share: how they are found, fail, open the workspace, print and tell how far they are."""
