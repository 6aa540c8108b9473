"""A throw-away pair of servers, for test runs, the gate's own commands and benchmarks.

A guardian process holds them and ends them when its input closes: so they go too when their user is killed."""

from __future__ import annotations

import atexit
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from embedded.services import REPOSITORY, Postgres, Unavailable, Valkey
from embedded.settings import FAST, OWNER

_guardians: list[subprocess.Popen[bytes]] = []


def start(*, durable: bool = False) -> None:
    """Start both and export the addresses that are not given; they end with this process, and leave nothing."""
    guardian = subprocess.Popen(
        [sys.executable, "-m", "embedded.throwaway", "durable" if durable else "fast"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=REPOSITORY, start_new_session=True,
    )  # fmt: skip
    assert guardian.stdout is not None  # PIPE above
    answer = guardian.stdout.readline()
    if not answer:
        raise Unavailable(f"The servers for this run did not start (code {guardian.wait()}): read the lines above.")
    for name, address in json.loads(answer).items():
        if not (name.endswith("_URL") and os.environ.get(name)):  # a given server stays
            os.environ[name] = address
    _guardians.append(guardian)
    owner = os.getpid()
    atexit.register(lambda: finish(guardian) if os.getpid() == owner else None)


def finish(guardian: subprocess.Popen[bytes]) -> None:
    """Close its input and wait until the servers are gone."""
    assert guardian.stdin is not None and guardian.stdout is not None  # pipes
    guardian.stdin.close()
    guardian.stdout.close()
    guardian.terminate()  # a forked child of ours may still hold the pipe open
    guardian.wait(40)


def guard(settings: dict[str, str]) -> None:
    """The guardian: start, print the addresses as one line of JSON, wait for the end of input, remove everything."""
    told, tell = os.pipe()
    # noted, never raised: an exception in the middle of stopping would leave a server behind
    signal.signal(signal.SIGTERM, lambda *_: os.write(tell, b"."))
    folder = Path(tempfile.mkdtemp(prefix="concord-t-"))
    postgres = Postgres(folder / "pg18", folder, settings=settings, test=True)
    valkey = Valkey(folder / "valkey", folder)
    if postgres.account.entry is not None:
        folder.chmod(0o711)  # root only: PostgreSQL's account must pass
    try:
        with open(folder / "postgres.log", "wb") as log:
            postgres.start(log)
        postgres.prepare()
        valkey.start()
        addresses = {
            "DATABASE_URL": postgres.url(OWNER),
            "REDIS_URL": f"{valkey.url}?db=0",
            "CONCORD_TEST_BIN": str(postgres.bin),
            "CONCORD_TEST_DATA": str(postgres.data),
        }
        print(json.dumps(addresses), flush=True)
        select.select([sys.stdin, told], [], [])
    finally:
        postgres.stop()
        valkey.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    try:
        guard({} if sys.argv[1:] == ["durable"] else FAST)
    except Unavailable as error:
        print(f"concord: {error}", file=sys.stderr)
        sys.exit(3)
