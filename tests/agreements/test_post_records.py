"""Posts and who holds them: what is recorded, by whom, on pages and by programs; names that cannot be printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.seats import seats_of
from agreements import actions, inbox
from agreements.models import Incumbency, Post
from agreements.rules import authority as rules
from core.decisions import Conflict, Invalid, Refused
from jobs import testing as jobs
from notifications.inbox import YOURS
from notifications.models import Notice
from tests.agreements import factories as make
from tests.agreements import seats
from tests.agreements.seated import DAY
from tests.agreements.test_authorities import SECOND
from tests.world import World, client_for


@pytest.mark.django_db
def test_of_two_people_one_holds_a_post(world: World) -> None:
    now, first, other = timezone.now(), world.person("treasury", "signatory"), seats.deputy(world)
    until = now + timedelta(days=30)
    held = seats.held(world, first, ends_at=until)
    for begins, ends in ((now, None), (until - SECOND, None), (now - 9 * DAY, now), (now - 9 * DAY, None)):
        with pytest.raises(Invalid, match=r"holds this post from .* End that first, or choose another time") as said:
            seats.held(world, other, begins_at=begins, ends_at=ends)
        assert [p.field for p in said.value.problems] == ["begins_at"]
    seats.held(world, other, begins_at=until)  # the instant in which the first one's time is over
    seats.held(world, other, begins_at=now - 9 * DAY, ends_at=held.begins_at)
    seats.held(world, other, acting=True)  # while the incumbent is away
    with pytest.raises(Invalid, match="acts in this post from"):
        seats.held(world, first, acting=True, begins_at=now + DAY)
    with make.acting(world.person("treasury", "administrator")) as by, transaction.atomic():
        values = {
            "post": held.post,
            "organisation": held.organisation,
            "person": other,
            "source": "x",
            "recorded_by": by,
        }
        with pytest.raises(DatabaseError, match="somebody else is in the post"):
            Incumbency.objects.create(begins_at=now, **values)


@pytest.mark.django_db
def test_what_is_no_appointment(world: World) -> None:
    now, first = timezone.now(), world.person("treasury", "signatory")
    refused: list[tuple[dict[str, Any], str, str]] = [
        ({"acting": True, "ends_at": None}, "ends_at", "Acting in a post always ends"),
        ({"acting": True, "ends_at": now + 211 * DAY}, "ends_at", "for more than 210 days"),
        ({"ends_at": now - 2 * DAY}, "ends_at", "must end after it begins"),
        ({"source": " "}, "source", "Name the appointing paper"),
        ({"document": b"MZ"}, "document", "This is not a PDF"),
        ({"person": world.person("aurora", "signatory")}, "person", "is not a member"),
    ]
    for changes, field, words in refused:
        with pytest.raises(Invalid, match=words) as said:
            seats.held(world, changes.pop("person", first), **changes)
        assert [p.field for p in said.value.problems] == [field], changes
    with pytest.raises(Refused, match="Nobody records that they hold a post"):
        seats.held(world, world.person("treasury", "administrator"))
    with make.acting(world.person("aurora", "administrator")) as by, pytest.raises(Refused):
        actions.record_incumbency(post=seats.post(world), person=first, begins_at=now, source="x", by=by)
    with make.acting(world.person("treasury", "counsel")) as by, pytest.raises(Refused):
        actions.record_incumbency(post=seats.post(world), person=first, begins_at=now, source="x", by=by)
    for title, words in (("x", "between 3 and"), (seats.CYBER.upper(), "already"), ("次官補", "cannot be printed")):
        with make.acting(world.person("treasury", "administrator")) as by, pytest.raises(Invalid, match=words):
            actions.create_post(organisation=world.organisations["treasury"], title=title, by=by)
    with make.acting(world.person("treasury", "administrator")) as by:
        actions.end_post(post=seats.post(world), by=by, reason="Dissolved.")
        with pytest.raises(Conflict, match="abolished already"):
            actions.end_post(post=seats.post(world), by=by, reason="Again.")
        again = actions.create_post(organisation=world.organisations["treasury"], title=seats.CYBER, by=by)
        with pytest.raises(Conflict, match="was abolished"):
            actions.record_incumbency(
                post=Post.objects.exclude(pk=again.pk).get(), person=first, begins_at=now, source="x", by=by
            )
        with pytest.raises(DatabaseError), transaction.atomic():
            Post.objects.filter(pk=again.pk).update(title="Renamed")


@pytest.mark.django_db
def test_a_delegation_is_given_to_a_person_or_to_a_post(world: World) -> None:
    seats.held(world, world.person("treasury", "signatory"))
    for values in ({"post": None}, {"holder": world.person("treasury", "signatory")}):
        with pytest.raises(Invalid, match="one of the two"):
            seats.delegated(world, **values)
    seats.post(world, "aurora")
    with pytest.raises(Invalid, match="no such post"):
        seats.delegated(world, post=seats.post(world, "aurora"))
    row = seats.delegated(world, may_redelegate=True)
    with (
        make.acting(world.person("treasury", "administrator")) as by,
        pytest.raises(Invalid, match="recorded already for the post"),
    ):
        actions.record_authority(
            organisation=row.organisation, post=row.post, number=row.number, title="x", instruments=["mou"],
            valid_from=row.valid_from, valid_until=None, by=by,
        )  # fmt: skip
    with pytest.raises(Invalid, match="already holds"):
        seats.delegated(world, number="P-2", parent=row, valid_from=row.valid_from, valid_until=row.valid_until)
    below = make.authority(
        world, "treasury", parent=row, number="P-3", valid_from=row.valid_from, valid_until=row.valid_until
    )
    assert below.basis == f"{below}, under {row}", "the incumbent's own delegation may hang on that of the post"
    with make.acting(world.person("treasury", "counsel")):
        decision = rules.covers([below, row], person=below.holder, instrument="mou", at=timezone.now())
    assert decision, decision.reason


@pytest.mark.django_db
def test_counsel_concurs_with_an_appointment_before_anybody_signs_on_it(world: World) -> None:
    held = seats.held(world, world.person("treasury", "signatory"), concurred=False)
    jobs.run_due()
    counsel = world.person("treasury", "counsel")
    with make.acting(counsel):
        assert Notice.objects.filter(user=counsel, kind="agreements.incumbency_waits").exists()
        (mine,) = [i for i in inbox.source(counsel, seats_of(counsel)) if i.kind == "Appointment to a post"]
        assert mine.group == YOURS and seats.CYBER in mine.title
    page = held.get_absolute_url()
    for organisation, role, status in (
        ("aurora", "counsel", 404),
        ("treasury", "administrator", 403),
        ("treasury", "signatory", 403),
    ):
        assert client_for(world.person(organisation, role)).post(f"{page}concur/").status_code == status
    late = client_for(counsel, stepped_up=False).post(f"{page}concur/")
    assert late.status_code == 302 and "next" in late["Location"]
    assert b"You concurred" in client_for(counsel).post(f"{page}concur/", follow=True).content
    assert client_for(counsel).post(f"{page}concur/").status_code == 403, "once"
    jobs.run_due()
    with make.acting(held.person):
        assert Notice.objects.filter(user=held.person, kind="agreements.incumbency_concurred").exists()


@pytest.mark.django_db
def test_an_end_is_brought_forward_and_never_put_off(world: World) -> None:
    now = timezone.now()
    held = seats.held(world, world.person("treasury", "signatory"), ends_at=now + 30 * DAY)
    for values, words in (
        ({"ends_at": now - DAY}, "lies in the past"),
        ({"ends_at": now + 31 * DAY}, "already"),
        ({"reason": " "}, "Say why"),
    ):
        with pytest.raises(Invalid, match=words):
            seats.end(world, held, **values)
    with make.acting(world.person("treasury", "counsel")) as by, pytest.raises(Refused):
        actions.end_incumbency(incumbency=held, by=by, reason="Not mine to do.")
    seats.end(world, held, ends_at=now + DAY)
    seats.end(world, held)
    with pytest.raises(Conflict, match="over already"):
        seats.end(world, held)
    with make.acting(world.person("treasury", "administrator")), pytest.raises(DatabaseError), transaction.atomic():
        Incumbency.objects.filter(pk=held.pk).update(acting=True)
    later = seats.held(world, world.person("treasury", "signatory"), begins_at=now + 5 * DAY)
    assert seats.end(world, later).ends_at == later.begins_at, "one that never began has no time at all"
    seats.held(world, seats.deputy(world), begins_at=now + 4 * DAY, concurred=False)


@pytest.mark.django_db
def test_by_pages(world: World, django_assert_max_num_queries: Callable[[int], Any]) -> None:
    administrator, signatory = (
        client_for(world.person("treasury", "administrator")),
        world.person("treasury", "signatory"),
    )
    assert b"Posts of your organisation will stand here" in administrator.get("/agreements/posts/").content
    wrong = administrator.post("/agreements/posts/new/", {"title": "次官補"})
    assert b'href="#id_title"' in wrong.content and "次官補" in wrong.content.decode()
    made = administrator.post("/agreements/posts/new/", {"title": seats.CYBER, "source": "Order 12"}, follow=True)
    page, pdf = made.redirect_chain[-1][0], b"%PDF-1.7 an order"
    assert b"Nobody is recorded" in made.content
    sent = {"person": signatory.pk, "begins_at": "2026-01-01 00:00", "source": "Order 2026-14"}
    refused = administrator.post(f"{page}incumbents/new/", {**sent, "acting": "on"})
    assert b"Acting in a post always ends" in refused.content and b'href="#id_ends_at"' in refused.content
    assert b"Order 2026-14" in refused.content
    sent["document"] = SimpleUploadedFile("o.pdf", pdf)
    held = administrator.post(f"{page}incumbents/new/", sent, follow=True)
    assert b"Waiting for counsel" in held.content
    at = held.redirect_chain[-1][0]
    for organisation, role, status in (
        ("treasury", "counsel", 200),
        ("aurora", "counsel", 404),
        ("oversight", "auditor", 200),
    ):
        client = client_for(world.person(organisation, role))
        assert client.get(page).status_code == client.get(at).status_code == status
        got = client.get(f"{at}document.pdf")
        assert got.status_code == status and (got.content == pdf) == (status == 200)
    form = administrator.get("/agreements/authorities/new/").content.decode()
    assert "Or the post to which it is given" in form
    with make.acting(world.person("treasury", "administrator")):
        row = Post.objects.get()
    given = {
        "number": "P-7",
        "title": "To the post",
        "instruments": ["mou"],
        "valid_from": "2026-01-01 00:00",
        "post": row.pk,
    }
    assert seats.CYBER in administrator.post("/agreements/authorities/new/", given, follow=True).content.decode()
    assert "P-7" in administrator.get(page).content.decode()
    ended = administrator.post(f"{at}end/", {"reason": ""})
    assert ended.status_code == 400 and b'href="#id_reason"' in ended.content
    assert b"Over" in administrator.post(f"{at}end/", {"reason": "Left."}, follow=True).content
    assert b"Abolished" in administrator.post(f"{page}end/", {"reason": "Dissolved."}, follow=True).content
    for number in range(30):
        seats.post(world, title=f"Post {number}")
    with django_assert_max_num_queries(20):
        listed = administrator.get("/agreements/posts/")
    assert len(listed.context["rows"]) == 25 and b"Older" in listed.content
    assert b"Newer" in administrator.get("/agreements/posts/", {"after": listed.context["older"]}).content
    assert administrator.get("/agreements/posts/", {"after": "x"}).status_code == 200


@pytest.mark.django_db
def test_over_the_api(world: World) -> None:
    administrator, counsel = (
        client_for(world.person("treasury", "administrator")),
        client_for(world.person("treasury", "counsel")),
    )
    signatory = world.person("treasury", "signatory")

    def post(client: Client, path: str, sent: dict[str, Any] | None = None) -> Any:
        return client.post(
            f"/api/v1/{path}", sent or {}, content_type="application/json", headers={"Idempotency-Key": str(uuid4())}
        )

    row = post(administrator, "posts/", {"title": seats.CYBER}).json()
    sent = {"person": str(signatory.pk), "begins_at": "2026-01-01T00:00:00Z", "source": "Order 1"}
    assert post(counsel, f"posts/{row['id']}/incumbents/", sent).status_code == 403
    held = post(administrator, f"posts/{row['id']}/incumbents/", sent)
    assert held.status_code == 201, held.content
    twice = post(administrator, f"posts/{row['id']}/incumbents/", sent)
    assert (twice.status_code, [e["pointer"] for e in twice.json()["errors"]]) == (400, ["#/begins_at"])
    key = held.json()["id"]
    assert post(counsel, f"incumbents/{key}/concur/").json()["concurred_at"]
    given = {
        "post": row["id"],
        "number": "P-1",
        "title": "To the post",
        "instruments": ["mou"],
        "valid_from": "2026-01-01T00:00:00Z",
    }
    made = post(administrator, "authorities/", given).json()
    assert (made["holder"], made["post"], made["holder_name"]) == (None, row["id"], f"the post of {seats.CYBER}")
    assert [r["id"] for r in administrator.get("/api/v1/posts/").json()["results"]] == [row["id"]]
    assert [r["person"] for r in administrator.get(f"/api/v1/posts/{row['id']}/incumbents/").json()["results"]] == [
        str(signatory.pk)
    ]
    assert administrator.get(f"/api/v1/incumbents/{key}/").json()["acting"] is False
    assert post(administrator, f"incumbents/{key}/end/", {"reason": "Left."}).json()["ended_reason"] == "Left."
    assert post(administrator, f"posts/{row['id']}/end/", {"reason": "Gone."}).json()["ended_at"]
    for path in (f"posts/{row['id']}/", f"posts/{row['id']}/incumbents/", f"incumbents/{key}/"):
        assert client_for(world.person("aurora", "administrator")).get(f"/api/v1/{path}").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "printed"), [("田中 太郎", False), ("Ada 😀", False), ("محمد الفارسي", True), ("אברהם בן־דוד", True)]
)
def test_somebody_whose_name_cannot_be_printed_is_not_named(world: World, name: str, printed: bool) -> None:
    """As holder of a delegation, in a post, or in another's place: each refuses at its field. Older accounts have such names."""
    other = seats.deputy(world)
    agreement = make.awaiting(world, ("treasury",))
    spare = make.authority(world, "treasury", number="T-2", holder=other)
    User.objects.filter(pk=other.pk).update(name=name)
    other.refresh_from_db()

    def named(act: Callable[[], Any], field: str) -> None:
        if printed:
            act()
            return
        with pytest.raises(Invalid, match="cannot be printed under a signature") as said:
            act()
        assert [p.field for p in said.value.problems] == [field]

    named(lambda: make.authority(world, "treasury", number="T-3", holder=other), "holder")
    named(lambda: seats.held(world, other), "person")
    with make.acting(world.person("treasury", "counsel")) as by:
        row = make.seen(agreement, by).plan[1]
        named(
            lambda: actions.reassign(agreement=agreement, signatory=row, authority=spare, by=by, reason="Away."),
            "authority",
        )
