"""Word files (.docx): bytes in, bytes out. Knows no database, no person and no clock."""
