"""A small writer of logs, honest and lying: any size, checksum, method or flag may be claimed."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

import zstandard


@dataclass
class Member:
    """One member; `claims` and `crc` override what the directory says."""

    name: str
    data: bytes
    method: int = 93
    flags: int = 0
    claims: int | None = None
    crc: int | None = None
    packed: bytes | None = None


def write(*members: Member) -> bytes:
    """The archive's bytes."""
    body, directory = b"", b""
    for member in members:
        packed = member.packed if member.packed is not None else zstandard.compress(member.data)
        crc = zlib.crc32(member.data) if member.crc is None else member.crc
        size = len(member.data) if member.claims is None else member.claims
        name = member.name.encode()
        common = struct.pack("<HHHHHIIIHH", 63, member.flags, member.method, 0, 0, crc, len(packed), size, len(name), 0)
        directory += (
            b"PK\x01\x02" + struct.pack("<H", 63) + common + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + name
        )
        body += b"PK\x03\x04" + common + name + packed
    count = min(len(members), 0xFFFF)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end
