"""What the words mean: frozen records, their vocabularies and the error tree. Standard library only."""
