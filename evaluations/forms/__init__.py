"""Forms of this room's pages, by subject."""
