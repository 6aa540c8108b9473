"""A small model endpoint that speaks like OpenAI's API, for the demo and for tests. Standard library only."""
