"""Readers of files that developers attach. They know no database, and run in a confined child (core.confined)."""
