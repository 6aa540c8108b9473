"""`python -m embedded up|test|manage|bench|story`: what ./concord hands over to."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from embedded import gate, runner
from embedded.services import Unavailable

COMMANDS = {"test": gate.run, "manage": runner.manage, "bench": runner.bench, "story": runner.story}


def main(arguments: list[str]) -> int:
    """Exit codes: 0 done or stopped, 1 a part failed, 2 usage, 3 the machine lacks something."""
    command, rest = arguments[0], arguments[1:]
    try:
        if command in COMMANDS:
            return COMMANDS[command](rest)
        parser = argparse.ArgumentParser(prog="./concord up")
        parser.add_argument("--port", type=int, help="the web server's port (default: 8000, or the next free one)")
        parser.add_argument("--state", type=Path, default=runner.state_folder(), help="folder of all data")
        parser.add_argument("--fresh", action="store_true", help="delete the data first")
        parser.add_argument(
            "--runner", action="store_true", help="make the environment that runs tests first, once (Inspect)"
        )
        parser.add_argument("--empty", action="store_true", help="new data without agreements and requests under way")
        parser.add_argument("--reload", action="store_true", help="Django's development server, which reloads")
        parser.add_argument(
            "--check",
            action="store_const",
            const=("opening", "main"),
            default=(),
            help="come up, walk the story over HTTP, go down",
        )
        return runner.up(parser.parse_args(rest))
    except Unavailable as error:
        print(f"concord: {error}", file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 0 if command == "up" else 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
