"""A report as PDF: plain data in, bytes out. No ORM, no user, no clock of its own."""
