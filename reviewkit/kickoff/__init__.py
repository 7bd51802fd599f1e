"""A brief -> similar projects -> recommendations with reasons, and forecasts for the draft register."""
