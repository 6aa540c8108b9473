"""The main story on the whole product: real servers, web, sweeper and a worker per agency, over HTTP."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from embedded.services import REPOSITORY

INHERITED = ("DATABASE_URL", "REDIS_URL", "CACHE_URL", "DJANGO_SETTINGS_MODULE", "CONCORD_TESTING")


@pytest.mark.slow
def test_up_check_walks_the_story_and_goes_down(tmp_path: Path) -> None:
    environ = {k: v for k, v in os.environ.items() if k not in INHERITED}
    done = subprocess.run(
        [sys.executable, "-m", "embedded", "up", "--check", "--state", str(tmp_path / "a state")],
        cwd=REPOSITORY, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]
    assert "13 passed, 0 failed" in done.stdout, "what a fresh demo begins with"
    assert "14 passed, 0 failed" in done.stdout
    assert not re.search(r"sim-[0-9a-f]{16}", done.stdout), "a credential stands in the log"
