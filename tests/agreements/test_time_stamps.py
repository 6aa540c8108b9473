"""Signing with a time-stamp authority over real HTTP on loopback: levels, refusals, and a plan that keeps its promise."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from agreements import actions, keys, queries
from agreements.models import IssuedFile, Signature
from agreements.pdf.certificates import make_crl, make_leaf, make_root
from agreements.pdf.verify import verify
from core.decisions import Conflict, Invalid
from simulator.authority import Authority
from tests.agreements import factories as make
from tests.world import World


def counts() -> tuple[int, int]:
    return IssuedFile.objects.count(), Signature.objects.count()


def test_every_signature_is_stamped_and_the_last_one_for_long(world: World, authority: Authority) -> None:
    agreement = make.in_force(world, ("treasury",))
    with make.acting(world.person("aurora", "drafter")):
        assert list(Signature.objects.order_by("at").values_list("level", flat=True)) == ["B-LT", "B-LTA"]
        assert set(IssuedFile.objects.values_list("stamped", flat=True)) == {True}
        content, _ = queries.executed_pdf(agreement)
        roots, crls, _ = keys.trust(timezone.now())
        planned = [row.field_name for row in agreement.plan]
        assert verify(content, trust_roots=roots, crls=crls, planned=planned, stamped=True).is_executed


def test_without_an_authority_the_file_says_whose_clock_it_is(world: World) -> None:
    make.in_force(world, ("treasury",))
    with make.acting(world.person("aurora", "drafter")):
        assert set(Signature.objects.values_list("level", flat=True)) == {"B-B"}


@pytest.mark.parametrize("status", [500, 200])
def test_an_authority_that_fails_stops_the_signature_and_changes_nothing(world, authority, settings, status) -> None:
    agreement = make.awaiting(world, ("treasury",))
    with make.acting(world.person("aurora", "drafter")):
        before = counts()
    broken = _broken(status)
    settings.TSA_URL = f"http://127.0.0.1:{broken.server_port}"
    with pytest.raises(Conflict, match=r"Your signature was not made: .* Nothing was changed"):
        make.sign(world, agreement, "aurora")
    broken.shutdown()
    broken.server_close()
    with make.acting(world.person("aurora", "drafter")):
        assert counts() == before
    settings.TSA_URL = f"http://127.0.0.1:{authority.server_port}"
    assert make.sign(world, agreement, "aurora").level == "B-LT"


def _broken(status: int) -> HTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Type", "text/html")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def test_an_unreachable_authority_refuses_to_open_for_signature(world: World, authority: Authority, settings) -> None:
    for organisation in ("aurora", "treasury"):
        make.authority(world, organisation)
    agreement = make.in_clearance(world, ("treasury",))
    make.concur(world, agreement, "treasury")
    settings.TSA_URL = "http://127.0.0.1:1"
    with make.acting(world.person("aurora", "drafter")) as by:
        with pytest.raises(Invalid, match="The time-stamp authority does not answer"):
            actions.open_for_signature(agreement=make.seen(agreement, by), by=by)
        assert counts() == (0, 0)
        assert make.seen(agreement, by).status == "in_clearance"


def test_a_plan_with_stamps_is_never_signed_without_them(world: World, authority: Authority, settings) -> None:
    agreement = make.awaiting(world, ("treasury",))
    settings.TSA_URL = ""
    with pytest.raises(Conflict, match="no time-stamp authority is configured any more"):
        make.sign(world, agreement, "aurora")


def test_a_plan_without_stamps_stays_one(world: World, authority: Authority, settings) -> None:
    url, settings.TSA_URL = settings.TSA_URL, ""
    agreement = make.awaiting(world, ("treasury",))
    settings.TSA_URL = url
    assert make.sign(world, agreement, "aurora").level == "B-B"


def test_the_authority_answers_only_queries(authority: Authority) -> None:
    import httpx

    url = f"http://127.0.0.1:{authority.server_port}"
    said = {"Content-Type": "application/timestamp-query"}
    assert httpx.post(url, content=b"x", headers={"Content-Type": "text/plain"}).status_code == 415
    assert httpx.post(url, content=b"x" * 20_000, headers=said).status_code == 413
    assert httpx.post(url, content=b"x", headers=said).headers["Content-Type"] == "application/timestamp-reply"
    authority.path = Path(settings.KEY_DIR) / "no-such.json"
    assert httpx.post(url, content=b"x", headers=said).status_code == 503


def test_the_revocation_list_is_made_anew_when_it_is_old(world: World) -> None:
    at = timezone.now()
    first = keys.revocation_list(at)
    assert keys.revocation_list(at) == first
    assert keys.revocation_list(at + keys.CRL_AGE) != first


def test_keys_lie_in_the_key_folder_for_nobody_else(world: World) -> None:
    keys.time_stamp_authority(timezone.now())
    path = Path(settings.KEY_DIR) / "signing-tsa.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert set(json.loads(path.read_text())) == {"key", "certificate", "issuer"}


def test_a_person_whose_certificate_leads_to_the_root_of_time_stamps_does_not_sign(
    world: World, authority: Authority, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CONCORD_TSA_TRUST_DIR says whose time-stamps count, and nothing about who people are."""
    outside = make_root(at=timezone.now(), called="Root of an outside time-stamp authority")
    (tmp_path / "tsa.pem").write_bytes(outside.certificate)
    (tmp_path / "tsa.crl").write_bytes(make_crl(outside, at=timezone.now()))
    settings.TSA_TRUST_DIR = str(tmp_path)
    known = keys.trust(timezone.now())
    assert outside.certificate in known.stamp_roots and outside.certificate not in known.roots
    agreement = make.awaiting(world, ("treasury",))
    real = keys.identity_of
    monkeypatch.setattr(
        keys, "identity_of",
        lambda person, organisation, *, at: make_leaf(outside, name=person.name, organisation="Aurora Cognition", at=at),
    )  # fmt: skip
    with pytest.raises(Conflict, match="signatory_1 was not issued for this deployment"):
        make.sign(world, agreement, "aurora")
    with make.acting(world.person("aurora", "signatory")) as by:
        assert not make.seen(agreement, by).signatures.exists()
    monkeypatch.setattr(keys, "identity_of", real)
    assert make.sign(world, agreement, "aurora").level == "B-LT"
