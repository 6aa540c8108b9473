"""Pages of early access, by subject."""
