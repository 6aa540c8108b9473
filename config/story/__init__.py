"""Stories played over HTTP against a running Concord, each step as the person it is for."""
