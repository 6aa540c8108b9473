"""The only way out: HTTP to addresses that strangers name (R34).

https only, every address of the name checked against our own deny table, the connection made to the checked address
with Host and SNI kept, no redirects, no proxy variables, caps on time and bytes. Refusals are sentences.
"""

from __future__ import annotations

import contextlib
import ipaddress
import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx

PORTS = (443, 8443)
LARGEST = 4 * 1024 * 1024
SECONDS = 20.0

# Ours, because Python 3.11's is_global is True for NAT64, 6to4, multicast and others (security.md §5, R34).
DENIED = tuple(
    ipaddress.ip_network(n)
    for n in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4", "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23",
        "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    )
)  # fmt: skip

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class EgressRefused(Exception):
    """This address may not be called; the message is a sentence that says what to do."""


class EgressFailed(Exception):
    """The far side did not answer as HTTP should; the message is a sentence without the request's content."""


@dataclass(frozen=True)
class Allowance:
    """Exceptions for demo and tests: (host, port) pairs reached over plain http on whatever address they have."""

    plain: frozenset[tuple[str, int]] = frozenset()


NOBODY = Allowance()


def allowance_of(url: str) -> Allowance:
    """The allowance for one configured address (the simulator); none for an empty one."""
    if not url:
        return NOBODY
    parts = urlsplit(url)
    return Allowance(frozenset({(parts.hostname or "", parts.port or 80)}))


@dataclass(frozen=True)
class Target:
    """A checked address: where to connect, and what to say (Host, SNI)."""

    url: str
    host: str
    port: int
    addresses: tuple[str, ...] = field(default=())


def check_url_syntax(url: str, allowance: Allowance = NOBODY) -> Target:
    """What can be said without asking the name service; for forms."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise EgressRefused("This is not an address: write it like https://models.example/v1.") from error
    host = (parts.hostname or "").rstrip(".").lower()
    if not host or not parts.scheme:
        raise EgressRefused("This is not an address: write it like https://models.example/v1.")
    if (host, port or 80) in allowance.plain and parts.scheme == "http":
        return Target(url.strip(), host, port or 80)
    if parts.scheme != "https":
        raise EgressRefused("The endpoint must use https: plain http shows the credential to everyone on the way.")
    if parts.username or parts.password or "@" in parts.netloc:
        raise EgressRefused("Leave the name and password out of the address: give the credential in its own section.")
    if parts.fragment:
        raise EgressRefused("Leave the part after # out of the address.")
    if (port or 443) not in PORTS:
        raise EgressRefused(f"Port {port} is not open from the agencies: use {' or '.join(map(str, PORTS))}.")
    literal = _literal(host)
    if literal is not None:
        _refuse_denied(literal, host)
    elif not _is_name(host):
        raise EgressRefused("The host is written in a form that is not a name: use its ordinary name.")
    return Target(url.strip(), host, port or 443)


def check_url(url: str, allowance: Allowance = NOBODY) -> Target:
    """As above, and every address that the name has now; one bad address refuses all."""
    target = check_url_syntax(url, allowance)
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise EgressRefused(f"The name {target.host} cannot be found: check the address.") from error
    addresses = tuple(dict.fromkeys(str(entry[4][0]).split("%")[0] for entry in found))
    if (target.host, target.port) not in allowance.plain:
        for address in addresses:
            _refuse_denied(ipaddress.ip_address(address), target.host)
    return Target(target.url, target.host, target.port, addresses)


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _is_name(host: str) -> bool:
    """Letters, digits and hyphens in dotted labels, the last not all digits: no 0x7f.1, 017700000001 or ①."""
    labels = host.split(".")
    plain = all(label and all(c.isascii() and (c.isalnum() or c == "-") for c in label) for label in labels)
    last = labels[-1]
    return plain and len(labels) > 1 and not last.isdigit() and not last.startswith("0x")


def _refuse_denied(address: Address, host: str) -> None:
    mapped = getattr(address, "ipv4_mapped", None)
    checked = mapped or address
    if any(checked in network for network in DENIED if network.version == checked.version):
        raise EgressRefused(
            f"{host} leads to an address inside a private or reserved network: give one that agencies can reach."
        )


class EgressClient:
    """HTTP to checked targets. Each call checks again and connects to the address that was checked."""

    def __init__(self, allowance: Allowance = NOBODY, *, seconds: float = SECONDS, largest: int = LARGEST) -> None:
        self.allowance, self.seconds, self.largest = allowance, seconds, largest

    def send(
        self, method: str, url: str, *, headers: dict[str, str], body: Any = None, content: bytes | None = None
    ) -> Answer:
        """One request with a JSON body, or with the bytes of `content`; the whole answer, at most `largest` bytes within
        `seconds`."""
        with self._open(method, url, headers, body, content) as (response, began):
            raw = b"".join(self._bounded(response.iter_raw(), began))
            return Answer(response.status_code, dict(response.headers), raw)

    def peek(self, method: str, url: str, *, headers: dict[str, str], content: bytes, most: int) -> Answer:
        """One request of which the status counts: it and the beginning of the answer, at most `most` bytes. The rest is
        neither waited for nor read."""
        with self._open(method, url, headers, None, content) as (response, began):
            raw = b""
            with contextlib.suppress(httpx.HTTPError):  # the status is there; how the rest breaks off does not matter
                for chunk in response.iter_raw():
                    raw += chunk
                    if len(raw) >= most or time.monotonic() - began > self.seconds:
                        break
            return Answer(response.status_code, dict(response.headers), raw[:most])

    def lines(self, method: str, url: str, *, headers: dict[str, str], body: Any = None) -> tuple[int, list[str]]:
        """One streaming request; its status and lines, within the same caps."""
        with self._open(method, url, headers, body) as (response, began):
            raw = b"".join(self._bounded(response.iter_raw(), began))
            return response.status_code, raw.decode(errors="replace").splitlines()

    @contextmanager
    def _open(
        self, method: str, url: str, headers: dict[str, str], body: Any, content: bytes | None = None
    ) -> Iterator[tuple[httpx.Response, float]]:
        target = check_url(url, self.allowance)
        parts = urlsplit(target.url)
        address = target.addresses[0]
        where = f"[{address}]" if ":" in address else address
        pinned = parts._replace(netloc=f"{where}:{target.port}").geturl()
        netloc = target.host if target.port in (80, 443) else f"{target.host}:{target.port}"
        sent = {"Host": netloc, "Accept-Encoding": "identity", "User-Agent": "Concord-AccessCheck/1", **headers}
        began = time.monotonic()
        try:
            with httpx.Client(trust_env=False, follow_redirects=False, timeout=self.seconds) as client:
                request = client.build_request(
                    method, pinned, headers=sent, json=body, content=content, extensions={"sni_hostname": target.host}
                )
                response = client.send(request, stream=True)
                try:
                    if response.is_redirect:
                        raise EgressRefused("The endpoint answers with a redirect: give the address it leads to.")
                    yield response, began
                finally:
                    response.close()
        except httpx.TimeoutException as error:
            raise EgressFailed(f"The endpoint did not answer within {self.seconds:.0f} seconds.") from error
        except httpx.HTTPError as error:
            raise EgressFailed(f"The connection to the endpoint failed ({type(error).__name__}).") from error

    def _bounded(self, chunks: Iterator[bytes], began: float) -> Iterator[bytes]:
        total = 0
        for chunk in chunks:
            total += len(chunk)
            if total > self.largest:
                raise EgressFailed(f"The endpoint's answer is larger than {self.largest} bytes.")
            if time.monotonic() - began > self.seconds:
                raise EgressFailed(f"The endpoint's answer took longer than {self.seconds:.0f} seconds.")
            yield chunk


@dataclass(frozen=True)
class Answer:
    """What came back. It is hostile input."""

    status: int
    headers: dict[str, str]
    raw: bytes

    def json(self) -> Any:
        """The body as JSON; EgressFailed when it is none."""
        try:
            return json.loads(self.raw)
        except (ValueError, RecursionError) as error:
            raise EgressFailed("The endpoint's answer is not JSON.") from error
