"""The receipt of a submission as a file for people. No ORM."""
