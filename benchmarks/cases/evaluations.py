"""E1: a log of 13 MiB through the reader's own command, in a process that imports nothing else."""

from __future__ import annotations

import base64
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import BinaryIO

from benchmarks import measure
from benchmarks.measure import Result
from evaluations.formats import inspect_log
from evaluations.formats.child import ROOT
from tests.evaluations.formats.zips import Member, write

GOALS = ("E1",)
MIB = 1024 * 1024
REAL = ROOT / "tests" / "evaluation_logs" / "success-16-of-20.eval"
READ = ("header.json", "summaries.json")
SAMPLES, SAMPLE = 50, 13 * MIB // 50  # as a real log of 50 samples with 60 turns each

# Between us and the reader: the peak that Linux reports for a child counts what its parent held when it began.
LAUNCHER = """
import resource, subprocess, sys
code = subprocess.call([sys.executable, "-B", "-m", "evaluations.formats.reader", "summarise"],
                       stdout=subprocess.DEVNULL, env={})
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


def run() -> Iterator[Result]:
    """Seconds of CPU and peak memory of the reader, from its start to its end."""
    with tempfile.TemporaryFile() as log:
        log.write(_log(REAL))
        size = log.tell() / MIB
        taken = [_read(log) for _ in range(measure.ROUNDS)]
    seconds, peaks = [one[0] for one in taken], [one[1] for one in taken]
    what = f"a log of {size:.0f} MiB, start and end of the reader included"
    yield Result("E1", f"{what}: CPU", median(seconds), min(seconds), max(seconds), 0.2, unit="s")
    yield Result("E1", f"{what}: peak", max(peaks), min(peaks), max(peaks), 64, unit="MiB")


def _log(real: Path) -> bytes:
    """What the reader reads of a real log, after samples that make it as large as a long run's."""
    source = random.Random(13)  # text that does not compress, not secrecy
    with real.open("rb") as file:
        infos = inspect_log.members(file)
        kept = [Member(name, inspect_log.unpacked(file, infos[name])) for name in READ]
    samples = [
        Member(f"samples/{i}_epoch_1.json", b'{"text": "%s"}' % base64.b64encode(source.randbytes(SAMPLE)))
        for i in range(SAMPLES)
    ]
    return write(*samples, *kept)


def _read(log: BinaryIO) -> tuple[float, float]:
    """CPU seconds and peak MiB of one reading. RuntimeError when the log was refused."""
    log.seek(0)
    done = subprocess.run(
        [sys.executable, "-c", LAUNCHER], stdin=log, capture_output=True, cwd=ROOT, text=True, check=True
    )
    code, seconds, peak = done.stdout.split()
    if code != "0":
        raise RuntimeError(f"the reader ended with {code}: it is not reading that was measured")
    return float(seconds), int(peak) / 1024
