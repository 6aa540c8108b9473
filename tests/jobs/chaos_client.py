"""A client of the chaos test: officers agree on dates from several threads; each id is printed once its commit was
answered."""

from __future__ import annotations

import random
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.jobs import chaos_app  # noqa: F401  # first: it sets Django up

from django.db import Error, connection  # isort: skip

from accounts.models import User
from core import rls
from early_access import actions
from early_access.models import EarlyAccessRequest

printing = threading.Lock()


def agree(request_id: str, email: str) -> None:
    """Agree on the dates, unless that was done: an answer that got lost is asked for again, as a person reloads."""
    officer = User.objects.get(email=email)
    with rls.context(user=officer.pk):
        request = EarlyAccessRequest.objects.visible_to(officer).get(pk=request_id)
        if request.status == "accepted":
            actions.confirm_schedule(request=request, by=officer)


def acknowledge(line: str, pause: float) -> None:
    """Try until the commit was answered."""
    request_id, email = line.split()
    time.sleep(random.random() * 2 * pause)
    while True:
        try:
            agree(request_id, email)
        except Error:
            connection.close()
            time.sleep(0.3)
            continue
        with printing:
            print(request_id, flush=True)
        return


def main(path: Path, first: int, count: int, threads: int, pause: float) -> None:
    """Agree on `count` requests of the file, from `first` on."""
    lines = path.read_text().splitlines()[first : first + count]
    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(acknowledge, line, pause) for line in lines]:
            done.result()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]))
