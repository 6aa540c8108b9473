"""`python -m simulator --port N`: serve until stopped."""

from __future__ import annotations

import argparse
import contextlib
import signal
import threading

from simulator.server import Simulator

parser = argparse.ArgumentParser(prog="python -m simulator")
parser.add_argument("--port", type=int, default=0)
server = Simulator(parser.parse_args().port)
for name in (signal.SIGTERM, signal.SIGINT):
    signal.signal(name, lambda *_: threading.Thread(target=server.shutdown).start())
with contextlib.closing(server.socket):
    server.serve_forever()
