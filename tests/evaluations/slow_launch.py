"""Stands for inside/launch.py in the gate: the same words on the same pipes, its own child, and habits by the suite's name.

`refusals`: four samples, then waits to be interrupted. `tool_calls`: deaf to it. `context_length`: crashes.
`toy_ctf`: asks the gate for two addresses and ends.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time
import zipfile
from pathlib import Path

order = json.loads(sys.stdin.buffer.read())
folder, suite = order["folder"], order["suite"]
signal.signal(signal.SIGINT, signal.default_int_handler)  # as launch.py does: it may have been inherited as ignored
ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)


def say(**line: object) -> None:
    os.write(1, json.dumps(line).encode() + b"\n")


def ask(url: str) -> int:
    with socket.socket(socket.AF_UNIX) as out:
        out.connect(f"{folder}/gate")
        out.sendall(f"GET {url} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {order['key']}\r\n\r\n".encode())
        return int(out.makefile("rb").readline().split()[1])


child = subprocess.Popen(["sleep", "600"])
say(event="started", samples=4)
if suite == "context_length":
    os._exit(9)
if suite == "tool_calls":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
if suite == "toy_ctf":
    say(
        event="sample",
        error=False,
        codes=[ask(f"{order['base_url']}/models"), ask("http://127.0.0.1:9/"), ask("https://x/")],
    )
    with zipfile.ZipFile(f"{folder}/logs/b.eval", "w") as log:
        log.writestr("header.json", "{}")
    say(event="done", outcome="success")
    sys.exit(0)
for _ in range(4):
    say(event="usage", tokens_in=100, tokens_out=10)
    say(event="sample", error=False)
say(event="usage", tokens_in=-5, tokens_out="many")
os.write(1, b"not json\n[1]\n")
Path(f"{folder}/seen.new").write_text(json.dumps({"argv": sys.argv, "env": dict(os.environ)}))
try:
    os.rename(f"{folder}/seen.new", f"{folder}/seen.txt")  # it may be interrupted from here on
    time.sleep(600)
except KeyboardInterrupt:
    with zipfile.ZipFile(f"{folder}/logs/a.eval", "w") as log:
        log.writestr("header.json", "{}")
    say(event="done", outcome="cancelled")
