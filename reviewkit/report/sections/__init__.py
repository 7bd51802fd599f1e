"""What is known of a project -> the sections of its review report, one file a question."""
