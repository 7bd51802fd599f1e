"""Around the respondent's form: inviting people to it, and what they sent changed or erased by themselves."""
