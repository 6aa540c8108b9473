"""One module per group of goals; each yields results and prints nothing."""
