"""What stands between two ends of a wire and passes everything on."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable


def relay(outer: socket.socket, inner: socket.socket, keep: Callable[[bytes], None] = lambda piece: None) -> None:
    """Both ways until either side ends; both are closed then. `keep` is told each piece."""
    with outer, inner:
        back = threading.Thread(target=_pump, args=(inner, outer, keep), daemon=True)
        back.start()
        _pump(outer, inner, keep)
        back.join()


def _pump(source: socket.socket, target: socket.socket, keep: Callable[[bytes], None]) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(65536):
            keep(piece)
            target.sendall(piece)
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
