"""Written delegations to sign: each check alone, chains, counsel's concurrence, and what a signature keeps of them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import Membership, User
from accounts.seats import seats_of
from agreements import actions, inbox, queries
from agreements.models import SignatureAuthority, TestingAgreement
from agreements.rules import authority as rules
from core.decisions import Conflict, Invalid, Refused
from jobs import testing as jobs
from notifications.inbox import YOURS
from notifications.models import Notice
from tests.agreements import factories as make
from tests.world import World, client_for

NOW = timezone.now()
HOLDER = SimpleNamespace(pk=uuid4(), is_active=True, name="Maren Vale")


@dataclass(frozen=True)
class Link:
    """A delegation that passes every check."""

    holder_id: UUID = HOLDER.pk
    post_id: UUID | None = None
    acting_may_sign: bool = True
    instruments: tuple[str, ...] = ("mou", "nda")
    barred_clauses: tuple[str, ...] = ()
    amendments: bool = True
    may_redelegate: bool = True
    valid_from: datetime = NOW - timedelta(days=10)
    valid_until: datetime | None = NOW + timedelta(days=10)
    concurred_at: datetime | None = NOW - timedelta(days=9)
    revoked_at: datetime | None = None
    number: str = "A-1"

    def __str__(self) -> str:
        return self.number


def root(**changes: Any) -> Link:
    return replace(Link(holder_id=uuid4(), number="R-1"), **changes)


def judged(*chain: Link, at: datetime = NOW, **asked: Any) -> str:
    """The reason of the refusal, empty when it is allowed."""
    values = {"person": cast(User, HOLDER), "instrument": "mou", "clauses": {"parties", "publication"}} | asked
    decision = rules.covers(cast("list[SignatureAuthority]", chain), at=at, **values)
    return "" if decision else decision.reason


SECOND = timedelta(seconds=1)
EACH = [
    ("not held", [Link(holder_id=uuid4())], {}, "is not held by Maren Vale"),
    ("left", [Link()], {"person": SimpleNamespace(pk=HOLDER.pk, is_active=False, name="Maren Vale")}, "is not held"),
    ("too early", [Link(valid_from=NOW + SECOND)], {}, "A-1 is not yet in force"),
    ("expired this second", [Link(valid_until=NOW)], {}, "A-1 expired on"),
    ("revoked this second", [Link(revoked_at=NOW)], {}, "A-1 was revoked on"),
    ("no counsel", [Link(concurred_at=None)], {}, "Counsel has not concurred with A-1"),
    ("other kind", [Link()], {"instrument": "crada"}, "A-1 does not cover this kind"),
    ("barred clause", [Link(barred_clauses=("publication", "term"))], {}, "may not bind these clauses of the agreement: publication"),
    ("an amendment", [Link(amendments=False)], {"amends": True}, "A-1 does not cover amendments"),
    ("root expired", [Link(valid_until=NOW + SECOND), root(valid_until=NOW)], {}, "R-1 expired on"),
    ("root revoked", [Link(), root(revoked_at=NOW)], {}, "R-1 was revoked on"),
    ("root without counsel", [Link(), root(concurred_at=None)], {}, "Counsel has not concurred with R-1"),
    ("not to be delegated", [Link(), root(may_redelegate=False)], {}, "R-1 may not be delegated further"),
    ("wider kinds", [Link(), root(instruments=("mou",))], {}, "A-1 is wider than R-1"),
    ("wider time", [Link(valid_until=None), root()], {}, "A-1 is wider than R-1: It cannot outlast R-1"),
    ("earlier than its root", [Link(valid_from=NOW - timedelta(days=11)), root()], {}, "It cannot begin before R-1"),
    ("unbarred", [Link(), root(barred_clauses=("term",))], {}, "R-1 bars clauses that must stay barred"),
    ("wider to amendments", [Link(), root(amendments=False)], {}, "R-1 does not cover amendments. Leave them out."),
    ("one's own", [Link(), root(holder_id=HOLDER.pk)], {}, "A-1 leads back to its own holder"),
]  # fmt: skip


@pytest.mark.parametrize(("chain", "asked", "said"), [row[1:] for row in EACH], ids=[str(row[0]) for row in EACH])
def test_each_check_refuses_by_itself(chain: list[Link], asked: dict[str, Any], said: str) -> None:
    assert said in judged(*chain, **asked)


def test_what_passes() -> None:
    assert judged(Link()) == judged(Link(), root()) == judged(Link(), root(number="M-1"), root()) == ""
    assert judged(Link(amendments=False)) == judged(Link(barred_clauses=("term",))) == ""
    assert judged(Link(valid_until=NOW + SECOND)) == judged(Link(revoked_at=NOW + SECOND)) == ""
    assert judged(Link(valid_until=None), root(valid_until=None)) == ""


@pytest.fixture
def deputy(world: World) -> User:
    """A second signatory of Aurora."""
    person = world.person("aurora", "security")
    with make.acting(world.person("aurora", "administrator")):
        Membership.objects.filter(user=person).update(roles=["security", "signatory"])
    return person


def redelegated(world: World, deputy: User, *, concurred: bool = True, **kwargs: Any) -> SignatureAuthority:
    """The deputy's delegation under the signatory's, which may be delegated further."""
    first = make.authority(world, "aurora", may_redelegate=True, source="By-laws, article 9")
    values = {"holder": deputy, "number": "A-2", "title": "Deputising", "parent": first, "valid_from": first.valid_from}
    return make.authority(
        world, "aurora", concurred=concurred, **{**values, "valid_until": first.valid_until, **kwargs}
    )


def opened_for(world: World, deputy: User) -> tuple[SignatureAuthority, TestingAgreement]:
    """The deputy's delegation, and an agreement with Treasury that waits for the deputy's signature."""
    second = redelegated(world, deputy)
    make.authority(world, "treasury")
    with make.acting(world.person("aurora", "administrator")):
        Membership.objects.filter(user=world.person("aurora", "signatory")).update(roles=["drafter"])
    agreement = make.in_clearance(world, ("treasury",))
    make.concur(world, agreement, "treasury")
    with make.acting(world.person("aurora", "drafter")) as by:
        return second, actions.open_for_signature(agreement=agreement, by=by)


@pytest.mark.django_db
def test_a_deputy_signs_and_the_whole_chain_stays_with_the_signature(world: World, deputy: User) -> None:
    second, agreement = opened_for(world, deputy)
    with make.acting(world.person("aurora", "drafter")) as by:
        row = make.seen(agreement, by)
        assert (row.plan[0].person, row.plan[0].authority) == (deputy, second)
        assert second.basis.endswith("under aurora-2026-1, Delegation to sign framework agreements")
    with make.acting(deputy) as by:
        file = queries.current_file(make.seen(agreement, by))
        assert file is not None
        made = actions.sign(
            agreement=make.seen(agreement, by), by=by, shown_sha256=file.sha256, typed_name=by.name, agreed=True,
            stepped_up_at=timezone.now(),
        )  # fmt: skip
        (above,) = made.authority["chain"]
    assert (made.authority["number"], above["number"], above["source"]) == (
        "A-2",
        "aurora-2026-1",
        "By-laws, article 9",
    )


@pytest.mark.django_db
def test_revoking_what_it_hangs_on_stops_the_deputy_between_page_and_signature(world: World, deputy: User) -> None:
    second, agreement = opened_for(world, deputy)
    with make.acting(world.person("aurora", "administrator")) as by:
        assert second.parent is not None
        actions.revoke_authority(authority=second.parent, by=by, reason="The board took it back.")
    page = client_for(deputy)
    shown = page.get(f"{agreement.get_absolute_url()}sign/")
    sent = {"agreed": "on", "typed_name": deputy.name, "shown_sha256": shown.context["file"].sha256}
    answer = page.post(f"{agreement.get_absolute_url()}sign/", sent)
    assert answer.status_code == 403 and b"was revoked on" in answer.content
    with make.acting(deputy) as by:
        row = make.seen(agreement, by)
        assert row.status == "awaiting_signature" and not row.signatures.exists()


@pytest.mark.django_db
def test_nothing_wider_and_no_circle_is_recorded(world: World, deputy: User) -> None:
    refused: list[tuple[dict[str, Any], str]] = [
        ({"instruments": ["mou", "crada"]}, "does not cover all of these kinds"),
        ({"valid_until": None}, "It cannot outlast"),
        ({"holder": world.person("aurora", "signatory")}, "already holds"),
        ({"barred_clauses": ["no-such-clause"]}, "The library has no such clause: no-such-clause"),
        ({"document": b"MZ"}, "This is not a PDF"),
    ]
    for changes, words in refused:
        with pytest.raises(Invalid) as said:
            redelegated(world, deputy, **changes)
        assert words in str(said.value.problems)
    foreign = make.authority(world, "basalt", may_redelegate=True)
    with pytest.raises(Invalid, match="another organisation"):
        redelegated(world, deputy, parent=foreign)
    second = redelegated(world, deputy)  # may not be delegated further itself
    third = world.person("aurora", "drafter")
    with pytest.raises(Invalid, match="may not be delegated further"):
        redelegated(world, deputy, number="A-3", holder=third, parent=second)
    with make.acting(world.person("aurora", "administrator")), pytest.raises(DatabaseError), transaction.atomic():
        SignatureAuthority.objects.filter(pk=second.pk).update(may_redelegate=True)


@pytest.mark.django_db
def test_counsel_concurs_before_anybody_signs(world: World) -> None:
    row = make.authority(world, "treasury", concurred=False)
    make.authority(world, "aurora")
    jobs.run_due()
    counsel, other = world.person("treasury", "counsel"), world.person("aurora", "counsel")
    with make.acting(counsel):
        assert Notice.objects.filter(user=counsel, kind="agreements.authority_waits").exists()
        (mine,) = [i for i in inbox.source(counsel, seats_of(counsel)) if i.kind == "Delegation to sign"]
        assert mine.group == YOURS
    agreement = make.in_clearance(world, ("treasury",))
    make.concur(world, agreement, "treasury")
    with (
        make.acting(world.person("aurora", "drafter")) as by,
        pytest.raises(Invalid, match="waits for the concurrence"),
    ):
        actions.open_for_signature(agreement=agreement, by=by)
    page = row.get_absolute_url()
    assert client_for(other).get(page).status_code == 404
    for role in ("administrator", "signatory", "router"):
        assert client_for(world.person("treasury", role)).post(f"{page}concur/").status_code == 403
    late = client_for(counsel, stepped_up=False).post(f"{page}concur/")
    assert late.status_code == 302 and "next" in late["Location"], "concurring asks who one is"
    assert client_for(counsel).get(f"{page}concur/")["Location"] == page, "back from confirming"
    answer = client_for(counsel).post(f"{page}concur/", follow=True)
    assert b"You concurred" in answer.content and counsel.name.encode() in answer.content
    assert client_for(counsel).post(f"{page}concur/").status_code == 403, "once"
    with make.acting(world.person("aurora", "drafter")) as by:
        assert actions.open_for_signature(agreement=make.seen(agreement, by), by=by).status == "awaiting_signature"


@pytest.mark.django_db
def test_a_barred_clause_needs_another_delegation(world: World) -> None:
    make.authority(world, "treasury", barred_clauses=["publication"])
    make.authority(world, "aurora")
    agreement = make.in_clearance(world, ("treasury",))
    make.concur(world, agreement, "treasury")
    with (
        make.acting(world.person("aurora", "drafter")) as by,
        pytest.raises(Invalid, match="has nobody whose delegation"),
    ):
        actions.open_for_signature(agreement=agreement, by=by)
    make.authority(world, "treasury", number="T-2")
    with make.acting(world.person("aurora", "drafter")) as by:
        row = make.seen(actions.open_for_signature(agreement=make.seen(agreement, by), by=by), by)
        assert [entry.authority.number for entry in row.plan] == ["aurora-2026-1", "T-2"]


@pytest.mark.django_db
def test_the_paper_is_kept_and_read_in_its_own_organisation(world: World) -> None:
    administrator, pdf = world.person("aurora", "administrator"), b"%PDF-1.7 a resolution"
    sent = {
        "number": "B-7", "title": "Board resolution", "instruments": ["mou"], "valid_from": "2026-01-01 00:00",
        "holder": world.person("aurora", "signatory").pk, "granted_by": "The board", "barred_clauses": ["term"],
    }  # fmt: skip
    answer = client_for(administrator).post(
        "/agreements/authorities/new/", {**sent, "document": SimpleUploadedFile("b7.pdf", pdf)}, follow=True
    )
    for words in (b"Recorded", b"The board", b"Term", b"no amendments", b"It is a first delegation"):
        assert words in answer.content
    page = answer.redirect_chain[-1][0]
    for organisation, role, status in (
        ("aurora", "counsel", 200),
        ("basalt", "counsel", 404),
        ("treasury", "counsel", 404),
    ):
        got = client_for(world.person(organisation, role)).get(f"{page}document.pdf")
        assert got.status_code == status and (got.content == pdf) == (status == 200)
    wrong = client_for(administrator).post(
        "/agreements/authorities/new/", {**sent, "number": "B-8", "document": SimpleUploadedFile("b8.pdf", b"PK")}
    )
    assert b"This is not a PDF" in wrong.content
    again = client_for(administrator).post("/agreements/authorities/new/", sent)
    assert again.status_code == 200 and b"is recorded already" in again.content


@pytest.mark.django_db
def test_revoking_says_why_once_and_tells_the_holder(world: World) -> None:
    row = make.authority(world, "aurora")
    with make.acting(world.person("aurora", "administrator")) as by:
        with pytest.raises(Invalid, match="Say why"):
            actions.revoke_authority(authority=row, by=by, reason=" ")
        actions.revoke_authority(authority=row, by=by, reason="She left.")
        with pytest.raises(Conflict, match="revoked already"):
            actions.revoke_authority(authority=row, by=by, reason="Again.")
    with make.acting(world.person("aurora", "counsel")) as by, pytest.raises(Refused):
        actions.revoke_authority(authority=row, by=by, reason="Not mine to do.")
    jobs.run_due()
    with make.acting(row.holder):
        assert Notice.objects.filter(user=row.holder, kind="agreements.authority_revoked").exists()
    page = client_for(world.person("aurora", "counsel")).get(row.get_absolute_url()).content.decode()
    assert "She left." in page and "Revoked" in page


def test_the_list_is_read_in_pages_and_narrowed(world: World) -> None:
    for number in range(30):
        make.authority(world, "aurora", number=f"A-{number:02}", concurred=number == 7)
    last = make.authority(world, "aurora", number="A-30")
    with make.acting(world.person("aurora", "administrator")) as by:
        actions.revoke_authority(authority=last, by=by, reason="Granted anew.")
    make.authority(world, "basalt", number="B-secret")
    client, place = client_for(world.person("aurora", "counsel")), "/agreements/authorities/"

    def read(address: str = "") -> tuple[list[str], str]:
        page = client.get(f"{place}{address}").content.decode()
        return re.findall(r">([AB]-[0-9a-z]+)</a>", page), page

    newest, page = read()
    assert newest == [f"A-{number:02}" for number in range(30, 5, -1)] and "31 found" in page
    older = re.search(r'href="(\?after=[^"]+)" rel="next"', page)
    assert older is not None
    assert read(html.unescape(older[1]))[0] == [f"A-{number:02}" for number in range(5, -1, -1)]
    assert read("?after=made-up")[0] == newest, "a cursor that was not made here is the first page"
    assert read("?standing=concurred")[0] == ["A-07"]
    assert read("?standing=revoked")[0] == ["A-30"]
    assert read("?standing=waits")[0][0] == "A-29"
    holder = world.person("aurora", "signatory")
    assert read(f"?holder={holder.pk}&standing=concurred")[0] == ["A-07"]
    assert read(f"?holder={world.person('basalt', 'signatory').pk}")[0] == newest, "what is no choice of the list"
    assert holder.name in page and world.person("basalt", "signatory").name not in page
    api = client.get("/api/v1/authorities/?size=2").json()
    assert [row["number"] for row in api["results"]] == ["A-30", "A-29"]
    assert [row["number"] for row in client.get(api["next"]).json()["results"]] == ["A-28", "A-27"]
