"""Running tests here: what a runner is, the built-in suites, Inspect behind it, its way out. No ORM and no rooms.

`inside/` is read by the runner's own environment alone, where the harness is installed; nothing of ours imports it.
"""
