"""The first thing that a run's process does, in the runner's own environment: it gives up the network, makes sure that it
does not outlive its supervisor, reads order and key from its input, and hands over to Inspect.

`python -I -B launch.py SUPERVISOR-PID PARENT-FD`: standard library until everything is in place. Lines of JSON on standard
output tell how far it is. The key is neither an argument nor in the environment that the process was started with.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import json
import os
import resource
import signal
import socket
import struct
import sys
import threading
import time
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG, PR_SET_DUMPABLE = 1, 4
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 0x1
GIB = 1024**3
PATIENCE = 15.0  # seconds that Inspect has for closing its log once the supervisor is gone
NO_NAMESPACE = (
    "This host does not let the runner take the network away from a run (network namespaces are off), so that the run could "
    "reach other places than the endpoint. Allow unprivileged user namespaces on the runner's host."
)


class Refused(Exception):
    """A sentence for the evaluator."""


def say(**line: Any) -> None:
    """One line for the supervisor."""
    os.write(TOLD, json.dumps(line).encode() + b"\n")


def stay_with(parent: int) -> None:
    """Never outlive the supervisor: the kernel interrupts us when it ends, and we end ourselves when that did not help."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)
    libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)  # no core file, and nobody of the same account reads our memory

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        time.sleep(PATIENCE)
        os.killpg(os.getpgrp(), signal.SIGKILL)

    if os.getppid() != parent:
        raise Refused("The supervisor was gone before the run began.")
    threading.Thread(target=watch, daemon=True).start()


def limits() -> None:
    """What a run may use of the host."""
    for what, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 2 * GIB), (resource.RLIMIT_NOFILE, 1024)):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most, most) if hard == resource.RLIM_INFINITY else (min(most, hard), hard))


def without_network() -> None:
    """An empty network of our own, with a loopback that leads nowhere. Before the first thread."""
    user, group = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    flags = CLONE_NEWNET if user == 0 else CLONE_NEWNET | CLONE_NEWUSER
    if libc.unshare(flags) != 0:
        raise Refused(NO_NAMESPACE)
    if user:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    with socket.socket() as lo:
        request = struct.pack("16sH14s", b"lo", 0, b"")
        found = struct.unpack("16sH14s", fcntl.ioctl(lo, SIOCGIFFLAGS, request))[1]
        fcntl.ioctl(lo, SIOCSIFFLAGS, struct.pack("16sH14s", b"lo", found | IFF_UP, b""))


def relay(gate: str) -> int:
    """A proxy address in our network whose other end is the supervisor's gate, a socket in the file system; its port."""
    server = socket.create_server(("127.0.0.1", 0))

    def pump(source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(65536):
                sink.sendall(piece)
        with contextlib.suppress(OSError):
            sink.shutdown(socket.SHUT_WR)

    def serve(caller: socket.socket) -> None:
        with caller, socket.socket(socket.AF_UNIX) as out:
            try:
                out.connect(gate)
            except OSError:
                return
            back = threading.Thread(target=pump, args=(out, caller), daemon=True)
            back.start()
            pump(caller, out)
            back.join()

    def accept() -> None:
        while True:
            caller, _ = server.accept()
            threading.Thread(target=serve, args=(caller,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return int(server.getsockname()[1])


def environment(order: dict[str, Any], proxy: str) -> None:
    """Only what the harness needs; whatever was inherited is gone."""
    folder = order["folder"]
    os.environ.clear()
    os.environ.update(
        PATH="/usr/local/bin:/usr/bin:/bin", LANG="C.UTF-8", NO_COLOR="1", HOME=f"{folder}/home", TMPDIR=f"{folder}/tmp",  # noqa: S108  # our own
       
        INSPECT_DISPLAY="none", INSPECT_LOG_LEVEL="warning", HTTP_PROXY=proxy, HTTPS_PROXY=proxy, http_proxy=proxy,
        https_proxy=proxy, NO_PROXY="", no_proxy="", CONCORD_API_KEY=order.pop("key"), CONCORD_BASE_URL=order["base_url"],
        CONCORD_BOXES=f"{folder}/boxes", CONCORD_BWRAP=order["bwrap"], HF_HUB_OFFLINE="1",
    )  # fmt: skip


def main() -> None:
    """Everything in order."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # it may have been inherited as ignored
    limits()
    order = json.loads(sys.stdin.buffer.read())
    folder = Path(order["folder"])
    os.chdir(folder / "work")
    without_network()
    stay_with(int(sys.argv[1]))
    gate = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    port = relay(f"/proc/self/fd/{gate}/gate")  # a socket's path is short, a folder's may not be
    environment(order, f"http://127.0.0.1:{port}")
    sys.path.insert(0, str(Path(__file__).parent))
    import running

    running.run(order, say)


TOLD = os.dup(1)  # what anything else prints goes to the other output
os.set_inheritable(TOLD, False)
os.dup2(2, 1)
if __name__ == "__main__":
    try:
        main()
    except Refused as refused:
        say(event="refused", sentence=str(refused))
        sys.exit(3)
    except KeyboardInterrupt:
        say(event="done", outcome="cancelled")
        sys.exit(0)
