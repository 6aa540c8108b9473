"""Bytes in, bytes out: rendering, signing, verifying, redlining. No ORM, no user, no clock of its own."""
