"""An agency's own host as processes: a broker with the access list behind TLS, keys that lie apart, a worker of its own."""

from __future__ import annotations

import contextlib
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import quote

import redis
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.db import connection

from core import key_pairs
from embedded.services import REPOSITORY, Valkey
from embedded.settings import BROKER_FLAGS
from jobs.broker_access import access_list
from tests.embedded.wires import relay

WORDS = {"treasury": "t" * 24, "commerce": "c" * 24}
SITE = "s" * 24
TREASURY = ("--without-mingle", "--without-gossip", "--without-heartbeat")


def authority(folder: Path, name: str) -> Path:
    """A root of its own and a certificate of 127.0.0.1 under it: `<name>-root.pem`, `<name>.pem`, `<name>.key`."""
    now = datetime.now(UTC)
    root, leaf = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])

    def certificate(
        key: ec.EllipticCurvePrivateKey, subject: x509.Name, *more: tuple[x509.ExtensionType, bool]
    ) -> bytes:
        made = x509.CertificateBuilder(subject_name=subject, issuer_name=called, public_key=key.public_key())
        made = made.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(minutes=5))
        made = made.not_valid_after(now + timedelta(days=1))
        for extension, critical in more:
            made = made.add_extension(extension, critical)
        return made.sign(root, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    (folder / f"{name}-root.pem").write_bytes(
        certificate(root, called, (x509.BasicConstraints(ca=True, path_length=0), True))
    )
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    (folder / f"{name}.pem").write_bytes(certificate(leaf, x509.Name([]), (here, True)))
    (folder / f"{name}.key").write_bytes(
        leaf.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / f"{name}-root.pem"


class Broker:
    """Valkey with the access list on a socket, and TLS before it: the embedded one is built without TLS of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / "v.sock"
        (folder / "users.acl").write_text(access_list(SITE, WORDS))
        command = [str(Valkey.program()), "--port", "0", "--unixsocket", str(self.path), "--dir", str(folder)]
        command += [*BROKER_FLAGS, "--aclfile", str(folder / "users.acl")]
        self.log = (folder / "valkey.log").open("wb")  # closed in stop()
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log)
        self.root = authority(folder, "site")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "site.pem", folder / "site.key")
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(context,), daemon=True).start()
        deadline = time.monotonic() + 20
        while not self.path.exists():
            assert self.process.poll() is None and time.monotonic() < deadline, (folder / "valkey.log").read_text()
            time.sleep(0.02)

    def _accept(self, context: ssl.SSLContext) -> None:
        while True:
            try:
                wire, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(context, wire), daemon=True).start()

    def _serve(self, context: ssl.SSLContext, wire: socket.socket) -> None:
        try:
            outer = context.wrap_socket(wire, server_side=True)
        except OSError:  # no TLS, or a client that does not believe this certificate
            wire.close()
            return
        inner = socket.socket(socket.AF_UNIX)
        inner.connect(str(self.path))
        relay(outer, inner)

    def url(self, user: str, word: str, root: Path | None = None) -> str:
        """The address for one user, who believes in one root."""
        return f"rediss://{user}:{word}@127.0.0.1:{self.port}/0?ssl_cert_reqs=required&ssl_ca_certs={quote(str(root or self.root))}"

    def client(self, user: str, word: str) -> redis.Redis:
        """A client of one user, past TLS."""
        return redis.Redis(unix_socket_path=str(self.path), username=user, password=word)

    def stop(self) -> None:
        """Both ends."""
        self.listener.close()
        self.process.terminate()
        self.process.wait(20)
        self.log.close()


def keys(folder: Path) -> None:
    """`public` for everybody; a private folder for each agency's host, one for what is left to the site."""
    bits, key_pairs.BITS = key_pairs.BITS, key_pairs.LEAST_BITS
    (folder / "public").mkdir()
    try:
        for name, host in (("signing", "web"), ("webhooks", "web"), ("treasury", "treasury"), ("commerce", "commerce")):
            (folder / "public" / f"{name}.pem").write_bytes(key_pairs.make(folder / host, name))
    finally:
        key_pairs.BITS = bits


def environ(folder: Path, broker: Broker, agency: str, **changes: str) -> dict[str, str]:
    """The settings of an agency's own host, as docker-compose.agency.yml gives them; nothing of the site's is among them."""
    place = connection.settings_dict
    media = folder / f"media-{agency}"
    media.mkdir(exist_ok=True)
    own = {k: v for k, v in os.environ.items() if not k.startswith(("CONCORD_", "DJANGO_", "REDIS_", "DATABASE_"))}
    return {
        **own, "DJANGO_SETTINGS_MODULE": "config.settings", "CONCORD_PRODUCTION": "1", "CONCORD_AGENCY_HOST": agency,
        "CONCORD_SECRET_KEY": f"{agency}-own-0123456789-" * 4, "CONCORD_BASE_URL": "https://concord.example",
        "CONCORD_KEY_PROVIDER": "pairs", "CONCORD_PUBLIC_KEY_DIR": str(folder / "public"),
        "CONCORD_PRIVATE_KEY_DIR": str(folder / agency), "CONCORD_MEDIA_DIR": str(media), "REMAP_SIGTERM": "SIGQUIT",
        "DATABASE_URL": f"postgresql://concord_agency_{agency}@/{place['NAME']}?host={quote(place['HOST'], safe='')}",
        "REDIS_URL": broker.url(f"agency-{agency}", WORDS.get(agency, "")), **changes,
    }  # fmt: skip


def manage(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """One of manage.py's commands on that host."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=REPOSITORY, env=env, capture_output=True, text=True, check=False, timeout=120)


@contextlib.contextmanager
def worker(env: dict[str, str], queues: str, log: Path):  # type: ignore[no-untyped-def]
    """The Celery worker of that host, while the block lasts."""
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "config.celery",
        "worker",
        "-Q",
        queues,
        "-n",
        "host@%h",
        "-c",
        "1",
    ]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--loglevel", "WARNING", *TREASURY], cwd=REPOSITORY, env=env, stdout=output, stderr=output,
            start_new_session=True,
        )  # fmt: skip
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, 9)
                process.wait()
