"""Somebody else signs: within authority, recorded, in the same field; and what is refused."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import Membership, User
from agreements import actions, files, keys, queries
from agreements.models import CompletionCertificate, Signatory, SignatureAuthority, TestingAgreement
from agreements.pdf.verify import verify
from audit.models import Event
from core.decisions import Conflict, Invalid, Refused
from jobs import testing as jobs
from notifications.models import Notice
from tests.agreements import factories as make
from tests.agreements.pdf.test_pdf import text_of
from tests.world import World, client_for

AWAY = "On leave until 14 December."


def deputy(world: World, organisation: str = "treasury", role: str = "drafter") -> User:
    """A second authorised official there: somebody who is in no other organisation of the story."""
    person = world.person(organisation, role)
    with make.acting(world.person(organisation, "administrator")) as by:
        seat = Membership.objects.get(user=person, organisation=world.organisations[organisation])
        accounts.change_roles(membership=seat, roles=sorted({*seat.roles, "signatory"}), by=by)
    return person


def delegation(world: World, holder: User, organisation: str = "treasury", **kwargs: object) -> SignatureAuthority:
    return make.authority(world, organisation, number=f"{organisation}-2026-9", holder=holder, **kwargs)


def reassign(world: World, agreement: TestingAgreement, authority: SignatureAuthority, **kwargs: object) -> Signatory:
    values = {"by": world.person("treasury", "counsel"), "reason": AWAY} | kwargs
    with make.acting(values["by"]) as by:
        row = make.seen(agreement, by)
        of = kwargs.get("signatory") or next(s for s in row.plan if s.organisation_id == authority.organisation_id)
        return actions.reassign(agreement=row, authority=authority, **{**values, "by": by, "signatory": of})


def told(kind: str, person: User) -> int:
    jobs.run_due()
    with make.acting(person):
        return Notice.objects.filter(kind=f"agreements.{kind}", user=person).count()


def test_somebody_else_signs_in_the_same_field_and_the_file_says_so(world: World) -> None:
    first, other = world.person("treasury", "signatory"), deputy(world, role="intake")
    agreement = make.awaiting(world, ("treasury",), steps=(1, 2))
    new = reassign(world, agreement, delegation(world, other))
    assert (new.field_name, new.step, new.person, new.in_place_of) == ("signatory_2", 2, other, first.name)
    assert (told("reassigned", first), told("named", other), told("your_turn", other)) == (1, 1, 0)
    assert told("reassigned", world.person("aurora", "counsel")) == 1
    make.sign(world, agreement, "aurora")
    assert told("your_turn", other) == 1 and told("your_turn", first) == 0
    with pytest.raises(Refused, match="not named as a signatory"):
        make.sign(world, agreement, "treasury")
    with make.acting(other) as by:
        row = make.seen(agreement, by)
        before = queries.current_file(row)
        made = actions.sign(
            agreement=row, by=by, shown_sha256=before.sha256, typed_name=by.name, agreed=True,
            stepped_up_at=timezone.now(),
        )  # fmt: skip
    assert f"for Department of the Treasury in the place of {first.name};" in made.intent
    with make.acting(world.person("aurora", "counsel")) as by:
        row = make.seen(agreement, by)
        content, _ = queries.executed_pdf(row)
        planned = [s.field_name for s in row.plan]
        assert verify(content, trust_roots=[keys.root(timezone.now()).certificate], planned=planned).is_executed
        assert f"in the place of {first.name}" in " ".join(" ".join(text_of(content)).split())
        certificate = CompletionCertificate.objects.get(agreement=row)
        assert [s["in_place_of"] for s in certificate.content["signatures"]] == ["", first.name]
        assert f"in the place of {first.name}" in " ".join(" ".join(text_of(files.read(certificate.sha256))).split())
        old = Signatory.objects.get(agreement=row, voided_at__isnull=False)
        assert (old.voided_by, old.voided_reason, old.replaced_by) == (world.person("treasury", "counsel"), AWAY, new)
        event = Event.objects.get(verb="agreements.reassigned")
        assert str(first.pk) in event.body and str(other.pk) in event.body and event.reason == AWAY
    page = client_for(world.person("aurora", "counsel")).get(agreement.get_absolute_url()).content.decode()
    assert f"in the place of {first.name}" in page


def test_whoever_is_in_turn_is_invited_at_once_and_may_be_replaced_again(world: World) -> None:
    first, other = world.person("treasury", "signatory"), deputy(world, role="intake")
    agreement = make.awaiting(world, ("treasury",), steps=(2, 1))
    theirs = delegation(world, other)
    reassign(world, agreement, theirs, by=first)  # the signatory names somebody, being away
    assert (told("your_turn", first), told("your_turn", other), told("named", other)) == (1, 1, 0)
    back = make.authority(world, "treasury")
    row = reassign(world, agreement, back, by=other, reason="Back again.")
    assert (row.person, row.in_place_of) == (first, "")
    assert told("your_turn", first) == 2
    make.sign(world, agreement, "treasury")
    with pytest.raises(Refused, match="A signature that was made stands"):
        reassign(world, agreement, theirs)
    with make.acting(first):
        assert Signatory.objects.filter(field_name="signatory_1").count() == 3
        assert make.seen(agreement, first).plan[0].person == first


def test_who_is_named_is_checked_as_when_the_agreement_was_opened(world: World) -> None:
    agreement = make.awaiting(world, ("treasury",))
    other, now = deputy(world, role="intake"), timezone.now()
    bad = (
        {"number": "a", "instruments": ["nda"]}, {"number": "b", "valid_until": now - timedelta(seconds=1)},
        {"number": "c", "barred_clauses": ["purpose"]}, {"number": "d", "concurred": False},
        {"number": "e", "valid_from": now + timedelta(days=1)},
    )  # fmt: skip
    for values in bad:
        kwargs = {"holder": other, "valid_from": now - timedelta(days=2)} | values
        row = make.authority(world, "treasury", **kwargs)
        with pytest.raises(Invalid) as caught:
            reassign(world, agreement, row)
        assert [p.field for p in caught.value.problems] == ["authority"], values
    good = delegation(world, other)
    with make.acting(world.person("treasury", "administrator")) as by:
        held = actions.record_authority(
            organisation=good.organisation, holder=world.person("treasury", "counsel"), number="f", title="To sign",
            instruments=["mou"], valid_from=now - timedelta(days=1), valid_until=None, by=by,
        )  # fmt: skip
    for row in (held, make.authority(world, "aurora")):  # whoever concurred; another organisation's
        with make.acting(world.person("treasury", "counsel")) as by:
            found = make.seen(agreement, by)
            with pytest.raises(Invalid):
                actions.reassign(agreement=found, signatory=found.plan[1], authority=row, by=by, reason=AWAY)
    for reason in ("", "  ", "x" * 501):
        with pytest.raises(Invalid, match="Say why"):
            reassign(world, agreement, good, reason=reason)
    with make.acting(world.person("treasury", "administrator")) as by:
        actions.revoke_authority(authority=good, by=by, reason="Mistake.")
    with pytest.raises(Invalid, match="does not cover the agreement now"):
        reassign(world, agreement, good)


def test_only_the_own_organisation_names_its_signatory(world: World) -> None:
    agreement, good = make.awaiting(world, ("treasury",)), delegation(world, deputy(world, role="intake"))
    with make.acting(world.person("treasury", "counsel")) as by:
        theirs = make.seen(agreement, by).plan[1]
    for organisation, role in (("aurora", "counsel"), ("aurora", "administrator"), ("aurora", "signatory")):
        with pytest.raises(Refused, match="Only Department of the Treasury names who signs for it"):
            reassign(world, agreement, good, by=world.person(organisation, role), signatory=theirs)
    with pytest.raises(TestingAgreement.DoesNotExist):
        reassign(world, agreement, good, by=world.person("basalt", "counsel"), signatory=theirs)
    assert reassign(world, agreement, good, by=world.person("treasury", "administrator")).person == good.holder
    with pytest.raises(Conflict, match="not asked to sign any more"):
        reassign(world, agreement, good, signatory=theirs)


def test_a_field_has_one_signatory_and_a_replaced_row_keeps_its_words(world: World) -> None:
    agreement = make.awaiting(world, ("treasury",))
    new = reassign(world, agreement, delegation(world, deputy(world, role="intake")))
    with make.acting(world.person("treasury", "counsel")):
        old = new.replaces
        values = {f.attname: getattr(new, f.attname) for f in Signatory._meta.concrete_fields if f.name != "replaces"}
        for broken in (
            lambda: Signatory.objects.create(**{**values, "id": uuid4()}),
            lambda: Signatory.objects.filter(pk=new.pk).update(voided_by=new.person),
            lambda: Signatory.objects.filter(pk=old.pk).update(person=new.person),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                broken()


def test_by_page_and_over_the_api(world: World) -> None:
    agreement, other = make.awaiting(world, ("treasury",)), deputy(world, role="intake")
    client = client_for(world.person("treasury", "counsel"))
    detail = client.get(agreement.get_absolute_url()).content.decode()
    with make.acting(world.person("treasury", "counsel")) as by:
        row = make.seen(agreement, by).plan[1]
        mine = make.seen(agreement, by).plan[0]
    url = f"{agreement.get_absolute_url()}signatories/{row.pk}/"
    assert url in detail and str(mine.pk) not in detail
    assert "Nobody else of Department of the Treasury holds a delegation" in client.get(url).content.decode()
    good = delegation(world, other)
    assert other.name in client.get(url).content.decode()
    assert list(client.post(url, {"authority": str(good.pk)}).context["form"].errors) == ["reason"]
    assert client.get(url.replace(str(row.pk), str(mine.pk))).status_code == 403
    assert client.get(url.replace(str(row.pk), str(uuid4()))).status_code == 404
    done = client.post(url, {"authority": str(good.pk), "reason": AWAY}, follow=True)
    assert f"{other.name} signs for Department of the Treasury now." in done.content.decode()
    with make.acting(other) as by:
        new = make.seen(agreement, by).plan[1]
    api = f"/api/v1/agreements/{agreement.reference}/signatories/{new.pk}/"
    listed = client.get(api).json()["results"]
    assert [one["holder_name"] for one in listed] == [world.person("treasury", "signatory").name]
    sent = {"authority": str(uuid4()), "reason": AWAY}
    assert client.post(api, sent, content_type="application/json").status_code == 400
    answer = client.post(api, sent | {"authority": listed[0]["id"]}, content_type="application/json")
    assert answer.status_code == 200
    assert [s["in_place_of"] for s in answer.json()["signatories"]] == ["", ""]
    assert client.post(api, sent, content_type="application/json").status_code == 404


def test_a_refusal_to_sign_reaches_those_who_signed_or_were_asked(world: World) -> None:
    agreement = make.awaiting(world, ("treasury", "commerce"), steps=(1, 2, 2))
    make.sign(world, agreement, "aurora")
    with make.acting(world.person("commerce", "signatory")) as by:
        actions.decline_to_sign(agreement=make.seen(agreement, by), by=by, reason="The term is too long.")
    people = [world.person(slug, "signatory") for slug in ("aurora", "treasury", "commerce")]
    assert [told("declined", person) for person in people] == [1, 1, 0]
