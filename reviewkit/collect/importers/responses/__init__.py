"""A table of answers, one row a respondent -> checked submissions, without whatever says who somebody is."""
