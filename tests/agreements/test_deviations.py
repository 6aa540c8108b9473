"""Deviations from approved text: what is one, who decides, what a decision holds for, and who reads its reason."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from accounts.seats import seats_of
from agreements import actions, deviations, inbox, queries
from agreements.models import AgreementVersion, Clause, ClauseAlternative, ClauseComment, Deviation, TestingAgreement
from agreements.rules.deviations import Approved, asks
from audit.queries import timeline
from core.decisions import Conflict, Invalid, Refused
from jobs import testing as jobs
from notifications.inbox import YOURS
from notifications.models import Notice
from tests.agreements import factories as make
from tests.agreements.test_library import drafted, published
from tests.world import World, client_for

PAIR = ("treasury", "commerce")
SECRET = "Our own inspector general asked for this"
OPEN = "For all: it is shorter than ours"


def departing(world: World, agreement: TestingAgreement, home: str = "aurora") -> dict[str, Any]:
    """Clause id → kind and role of the deviations that somebody reads in the current version."""
    with make.acting(world.person(home, "counsel")) as by:
        current = make.seen(agreement, by).current
        assert current is not None
        return {row.clause.clause_id: (row.kind, row.role) for row in deviations.departures(current)}


def reworded(world: World, agreement: TestingAgreement, **clauses: str) -> AgreementVersion:
    """The developer proposes a version with these texts."""
    with make.acting(world.person("aurora", "drafter")) as by:
        row = make.seen(agreement, by)
        draft = actions.begin_version(agreement=row, by=by)
        actions.save_draft(agreement=row, by=by, row_version=draft.row_version, variables={}, clauses=clauses)
        return actions.propose_version(agreement=row, by=by)


def opened(world: World, agreement: TestingAgreement, *agencies: str) -> str:
    """The sentences that stand against opening it for signature; empty when it is opened."""
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.open_clearance(agreement=make.seen(agreement, by), by=by)
    for agency in agencies:
        with make.acting(world.person(agency, "counsel")) as by:
            row = make.seen(agreement, by)
            if world.agency(agency) in queries.not_concurred(row):
                actions.concur(agreement=row, by=by, text_hash=row.current.text_hash)
    with make.acting(world.person("aurora", "drafter")) as by:
        try:
            actions.open_for_signature(agreement=make.seen(agreement, by), by=by)
        except Invalid as refused:
            return str(refused)
    return ""


def told(world: World, kind: str, who: str, role: str) -> int:
    """How many notices of a kind somebody has."""
    person = world.person(who, role)
    with make.acting(person):
        return Notice.objects.filter(user=person, kind=kind).count()


def test_what_is_approved_and_what_is_not() -> None:
    library = [Approved("Standard."), Approved("Other."), Approved("Costly.", "signatory"), Approved("Twice.", "foia")]
    cases = {
        "Standard.": None,
        "Other.": None,
        "Costly.": ("wording", "signatory"),
        "Ours.": ("deviation", "counsel"),
        "standard.": ("deviation", "counsel"),
    }
    assert {text: asks(text, "counsel", library) for text in cases} == cases
    assert asks("Twice.", "counsel", [*library, Approved("Twice.")]) is None


def test_only_words_that_no_approved_text_has_are_asked_about(world: World) -> None:
    agreement = make.draft(world, PAIR)
    with make.acting(world.person("aurora", "drafter")) as by:
        rows = {row.clause_id: row for row in agreement.versions.get().clauses.select_related("library")}
        other = ClauseAlternative.objects.filter(clause=rows["confidentiality"].library).first()
        assert other is not None
        figure = rows["early_access"].text.replace("{access_days}", "30")
        assert figure != rows["early_access"].text
        actions.save_draft(
            agreement=agreement, by=by, row_version=2, variables={"publication_review_days": "45"},
            clauses={
                "confidentiality": other.text, "publication": "Nothing is published before {publication_review_days} days.",
                "early_access": figure,
            },
            arrange=[{"do": "add", "heading": "Audit of credentials", "text": "Credentials are counted."}],
        )  # fmt: skip
        draft = agreement.versions.get()
        found = {row.clause.clause_id: row for row in deviations.departures(draft)}
        assert set(found) == {"publication", "own-audit-of-credentials"}
        assert found["own-audit-of-credentials"].runs == [(1, "Credentials are counted.")]
        assert "".join(text for op, text in found["publication"].runs if op != -1).endswith("before 45 days.")
        page = client_for(by).get(f"{agreement.get_absolute_url()}edit/").content
        assert page.count(b"What differs from the standard text") == 1
        assert b"Counsel of each agency decides on it" in page
        shown = client_for(by).get(f"/api/v1/agreements/{agreement.reference}/draft/").json()["deviations"]
        assert [(row["clause_id"], row["decides"]) for row in shown] == [
            ("publication", "counsel"), ("own-audit-of-credentials", "counsel"),
        ]  # fmt: skip
        actions.save_draft(agreement=agreement, by=by, row_version=3, variables={"access_days": "14"}, clauses={})
        later = {row.clause.clause_id for row in deviations.departures(agreement.versions.get())}
        assert "early_access" in later  # the figure in words says another thing than the variable now
        assert not Deviation.objects.exists()


def test_nothing_is_opened_for_signature_before_every_agency_accepted_this_very_text(world: World) -> None:
    for organisation in ("aurora", *PAIR):
        make.authority(world, organisation)
    agreement = make.deviating(world, PAIR)
    jobs.run_due()
    treasury, commerce = (world.organisations[a].name for a in PAIR)
    assert told(world, "agreements.deviations_asked", "treasury", "counsel") == 1
    assert told(world, "agreements.deviations_asked", "treasury", "signatory") == 0
    with make.acting(world.person("treasury", "counsel")) as by:
        assert "1 deviation from approved text waits for your decision" in _mine(by)
    said = opened(world, agreement, *PAIR)
    assert (
        f"“Publication” deviates from the approved text, and {treasury} has not decided on that. Its counsel can."
        in said
    )
    assert commerce in said
    make.decide(world, agreement, "treasury")
    make.decide(world, agreement, "commerce", "refuse")
    with make.acting(world.person("treasury", "counsel")) as by:
        assert "waits for your decision" not in _mine(by)
        actions.return_with_comments(agreement=make.seen(agreement, by), by=by, comment="Refused by Commerce.")
    said = opened(world, agreement, *PAIR)
    assert treasury not in said
    assert f"{commerce} refused the words of “Publication”. Change them, or its counsel can decide again." in said
    with make.acting(world.person("aurora", "drafter")) as by:
        assert "The words of “Publication” were refused: propose a version with others." in _mine(by)
        actions.return_with_comments(agreement=make.seen(agreement, by), by=by, comment="We change it.")
    reworded(world, agreement, purpose="Another purpose.")
    with make.acting(world.person("aurora", "drafter")):
        rows = Deviation.objects.filter(agreement=agreement, clause_id="publication")
        assert {row.verdict for row in rows} == {"accept", "refuse"}  # the same text is not asked about again
    reworded(
        world, agreement, purpose="Another purpose.", publication="Published after {publication_review_days} days."
    )
    said = opened(world, agreement, *PAIR)
    assert said.count("“Publication” deviates") == said.count("“Purpose” deviates") == 2
    for agency in PAIR:
        make.decide(world, agreement, agency)
    with make.acting(world.person("aurora", "drafter")) as by:
        row = actions.open_for_signature(agreement=make.seen(agreement, by), by=by)
        assert row.status == "awaiting_signature"
        assert len(deviations.accepted(row)) == 4
        assert f"{treasury} accepted the words of “Publication”" in " ".join(deviations.accepted(row))
    with make.acting(world.person("treasury", "counsel")), pytest.raises(Refused, match="while an agreement is in"):
        make.decide(world, agreement, "treasury", "refuse")


def _mine(by: Any) -> str:
    """The person's one row of the inbox, in words."""
    (item,) = [row for row in inbox.source(by, seats_of(by)) if row.kind == "Agreement"]
    return item.why


def test_the_role_that_the_library_names_decides_and_a_costly_wording_is_asked_about(world: World) -> None:
    other = {"key": "quiet", "text": "Nothing is published. {publication_review_days}", "when_to_use": "W.", "rationale": "R.",
             "extra_concurrence": "foia"}  # fmt: skip
    clause = published(world, drafted(world, decides_deviations="signatory", alternatives=[other]))
    again = published(world, drafted(world, guidance="New guidance.", change_note="Guidance."))
    for row in (clause, again):  # a draft begins with what the version before had
        assert row.decides_deviations == "signatory"
        assert list(row.alternatives.values_list("extra_concurrence", flat=True)) == ["foia"]
    agreement = make.deviating(world, ("treasury",))
    assert departing(world, agreement) == {"publication": ("deviation", "signatory")}
    with make.acting(world.person("treasury", "signatory")) as by:
        (item,) = [row for row in inbox.source(by, seats_of(by)) if row.kind == "Agreement"]
        assert item.group == YOURS
    for who, role in (("treasury", "counsel"), ("commerce", "signatory"), ("aurora", "signatory")):
        client = client_for(world.person(who, role))
        answer = decided(client, agreement, reason="Yes.")
        assert answer.status_code == (404 if who == "commerce" else 403), (who, role)
    with (
        make.acting(world.person("treasury", "counsel")) as by,
        pytest.raises(Refused, match="decided by each agency") as no,
    ):
        row = make.seen(agreement, by)
        (found,) = deviations.departures(row.current)
        actions.decide_deviation(
            agreement=row,
            by=by,
            clause_id="publication",
            text_hash=found.clause.text_hash,
            verdict="accept",
            reason="Yes.",
        )
    assert no.value.decision.who_can == "Its authorised official can."
    make.decide(world, agreement, "treasury", role="signatory")
    reworded(world, agreement, publication=other["text"])
    assert departing(world, agreement) == {"publication": ("wording", "foia")}
    said = opened(world, agreement, "treasury")
    assert "The wording of “Publication” takes the agreement of" in said
    assert "Its FOIA officer can." in said


def test_a_role_that_nobody_holds_is_said(world: World) -> None:
    Clause.objects.create(key="stray", heading="Stray", text="Nothing.", required_for=[], decides_deviations="foia")
    agreement = make.deviating(world, ("homeland",))
    with make.acting(world.person("aurora", "drafter")) as by:
        version = reworded_from_library(world, agreement, "stray", "Something.")
        assert {row.clause.clause_id: row.role for row in deviations.departures(version)}["stray"] == "foia"
        said = [p.sentence for p in deviations.problems(make.seen(agreement, by))]
    assert "Its FOIA officer can. Nobody there has that role; its administrator can give it." in " ".join(said)


def reworded_from_library(world: World, agreement: TestingAgreement, key: str, text: str) -> AgreementVersion:
    """A version with a clause of the library in other words."""
    with make.acting(world.person("aurora", "drafter")) as by:
        row = make.seen(agreement, by)
        draft = actions.begin_version(agreement=row, by=by)
        values: dict[str, Any] = {"agreement": row, "by": by, "variables": {}}
        draft = actions.save_draft(
            **values, row_version=draft.row_version, clauses={}, arrange=[{"do": "add", "library": key}]
        )
        actions.save_draft(**values, row_version=draft.row_version, clauses={key: text})
        return actions.propose_version(agreement=row, by=by)


def decided(client: Client, agreement: TestingAgreement, *, clause: str = "publication", **typed: str) -> Any:
    """The form of one deviation, sent."""
    url = f"{agreement.get_absolute_url()}deviations/"
    rows = getattr(client.get(url), "context", None)
    found = {row["row"].clause.clause_id: row["form"] for row in rows["rows"]} if rows and "rows" in rows else {}
    text_hash = found[clause]["text_hash"].value() if clause in found else ""
    fields = {"text_hash": text_hash, "audience": "own"} | typed
    verdict = fields.pop("verdict", "accept")
    return client.post(f"{url}{clause}/", {f"{clause}-{k}": v for k, v in fields.items()} | {"verdict": verdict})


def test_a_reason_of_the_agency_alone_reaches_nobody_else(world: World) -> None:
    agreement = make.deviating(
        world, PAIR, {"publication": "Ours: {publication_review_days} days.", "purpose": "Also ours."}
    )
    treasury = client_for(world.person("treasury", "counsel"))
    assert decided(treasury, agreement, reason=SECRET).status_code == 302
    assert (
        decided(treasury, agreement, clause="purpose", reason=OPEN, audience="all", verdict="refuse").status_code == 302
    )
    jobs.run_due()
    places = ("", "deviations/", "negotiation/")
    api = f"/api/v1/agreements/{agreement.reference}/"
    for who, reads in (("treasury", True), ("commerce", False), ("aurora", False)):
        client = client_for(world.person(who, "counsel"))
        pages = b"".join(client.get(f"{agreement.get_absolute_url()}{place}").content for place in places)
        pages += b"".join(client.get(f"{api}{place}/").content for place in ("deviations", "comments", "timeline"))
        assert (SECRET.encode() in pages, OPEN.encode() in pages) == (reads, True), who
        listed = client.get(f"{api}deviations/").json()["results"]
        answers = {row["clause_id"]: row["decisions"][0] for row in listed}
        assert [answers[key]["verdict"] for key in ("publication", "purpose")] == ["accept", "refuse"], who
        assert answers["publication"]["reason"] == (SECRET if reads else None)
        with make.acting(world.person(who, "counsel")) as by:
            assert ClauseComment.objects.filter(text=SECRET).exists() == reads
            said = [repr(entry) for entry in timeline(make.seen(agreement, by), by)]
            assert SECRET not in "".join(said)
            assert not Notice.objects.filter(subject__contains=SECRET).exists()
    assert told(world, "agreements.deviation_decided", "aurora", "drafter") == 2
    rival = client_for(world.person("basalt", "counsel"))
    assert rival.get(f"{agreement.get_absolute_url()}deviations/").status_code == 404
    assert rival.get(f"{api}deviations/").status_code == 404


def test_the_database_takes_a_decision_from_the_agency_alone(world: World) -> None:
    agreement = make.deviating(world, PAIR)
    for who, role in (("aurora", "drafter"), ("commerce", "counsel"), ("basalt", "drafter")):
        with make.acting(world.person(who, role)) as by:
            row = Deviation.objects.filter(agency=world.agency("treasury")).first()
            assert (row is None) == (who == "basalt")
            if row is not None:
                row.verdict, row.decided_by, row.decided_at = "accept", by, agreement.created_at
                with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                    row.save()
    with make.acting(world.person("treasury", "counsel")):
        row = Deviation.objects.get(agency=world.agency("treasury"))
        with pytest.raises(DatabaseError, match="do not change"), transaction.atomic():
            Deviation.objects.filter(pk=row.pk).update(text_hash="0" * 64)


def test_what_is_sent_wrongly_is_answered_in_words(world: World) -> None:
    agreement = make.deviating(world, ("treasury",))
    counsel = client_for(world.person("treasury", "counsel"))
    api = f"/api/v1/agreements/{agreement.reference}/deviations/"
    (row,) = counsel.get(api).json()["results"]
    good = {"text_hash": row["text_hash"], "verdict": "accept", "reason": "Yes.", "audience": "all"}

    def post(key: str = "publication", **changes: str) -> Any:
        return counsel.post(f"{api}{key}/decide/", good | changes, content_type="application/json")

    assert row["approved"] != ""
    assert (
        post(reason=" ").status_code == post(verdict="maybe").status_code == post(audience="rival").status_code == 400
    )
    assert post(reason="Bell\x07").json()["errors"][0]["pointer"] == "#/reason"
    assert post("purpose").status_code == post("nowhere").status_code == 409
    assert "changed since you opened" in post(text_hash="0" * 64).json()["detail"]
    page = decided(counsel, agreement, reason="")
    assert (page.status_code, page.content.count(b"Reason: Fill this in.")) == (400, 1)
    assert b"Choose whether the words are accepted" in decided(counsel, agreement, reason="x", verdict="").content
    stale = decided(counsel, agreement, reason="Yes.", text_hash="0" * 64)
    assert (stale.status_code, b"Read it again, then decide" in stale.content) == (409, True)
    for _ in range(2):
        assert post().json()["decisions"][0]["reason"] == "Yes."
    with make.acting(world.person("treasury", "counsel")) as by:
        with pytest.raises(Conflict, match="Nothing of this clause"):
            actions.decide_deviation(
                agreement=make.seen(agreement, by),
                by=by,
                clause_id="term",
                text_hash="",
                verdict="accept",
                reason="Yes.",
            )
        assert Deviation.objects.get().verdict == "accept"
        assert ClauseComment.objects.count() == 1  # pressed twice is decided once
    clean = make.negotiated(world, ("treasury",))
    assert b"No clause of the current version deviates" in counsel.get(f"{clean.get_absolute_url()}deviations/").content
