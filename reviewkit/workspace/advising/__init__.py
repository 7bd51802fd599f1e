"""Search and kickoff: what is known about a question or a brief."""
