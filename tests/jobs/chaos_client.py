"""A client of the chaos test: submits numbers from several threads and prints each key once its commit was answered."""

from __future__ import annotations

import random
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from tests.jobs.chaos_app import WORK  # first: it sets Django up

from django.db import Error, connection, transaction  # isort: skip

printing = threading.Lock()


def acknowledge(number: int, pause: float) -> None:
    """Submit until the commit was answered; the same key each time, as a person presses the button again."""
    time.sleep(random.random() * 2 * pause)
    while True:
        try:
            with transaction.atomic():
                key = WORK.submit(number)
        except Error:
            connection.close()
            time.sleep(0.3)
            continue
        with printing:
            print(key, flush=True)
        return


def main(first: int, count: int, threads: int, pause: float) -> None:
    """Submit `count` numbers from `first` on."""
    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(acknowledge, number, pause) for number in range(first, first + count)]:
            done.result()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
