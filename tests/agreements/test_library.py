"""The clause library: as shipped, edited by agency counsel with a second reader, and what agreements keep."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from accounts.seats import seats_of
from agreements import actions, inbox, queries, reference, standard
from agreements.models import AgreementTemplate, Clause, ClauseDraft
from core.decisions import Conflict, Invalid, Refused
from jobs import testing as jobs
from notifications.inbox import WAITING, YOURS
from notifications.models import Notice
from tests.agreements import factories as make
from tests.world import World, client_for


def drafted(world: World, key: str = "publication", **changes: Any) -> ClauseDraft:
    """A complete draft by Treasury's counsel for which a second reader is asked."""
    values = {"change_note": "A shorter text.", "text": "Reviewed for {publication_review_days} days."} | changes
    with make.acting(world.person("treasury", "counsel")) as by:
        draft = actions.begin_clause_draft(key=key, by=by)
        draft = actions.save_clause_draft(draft=draft, row_version=draft.row_version, by=by, **values)
        return actions.ask_second_reader(draft=draft, row_version=draft.row_version, by=by)


def published(world: World, draft: ClauseDraft) -> Clause:
    with make.acting(world.person("commerce", "counsel")) as by:
        return actions.publish_clause(draft=draft, row_version=draft.row_version, by=by)


def test_loading_twice_changes_nothing(world: World) -> None:
    before = list(Clause.objects.order_by("pk").values_list("pk", flat=True))
    reference.load()
    assert list(Clause.objects.order_by("pk").values_list("pk", flat=True)) == before
    assert AgreementTemplate.objects.count() == 3


def test_a_shipped_change_becomes_a_version_but_never_over_a_persons(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(world, drafted(world))
    shipped = standard.shipped()
    for row in shipped:
        if row["key"] in ("publication", "purpose"):
            row["text"] += " More."
    monkeypatch.setattr(reference, "shipped", lambda: shipped)
    reference.load()
    newest = queries.newest_clauses()
    assert (newest["purpose"].version, newest["publication"].version) == (2, 2)
    assert newest["purpose"].text.endswith("More.")
    assert newest["publication"].text == "Reviewed for {publication_review_days} days."


def test_published_it_enters_later_agreements_and_running_ones_keep_theirs(world: World) -> None:
    running = make.negotiated(world, ("treasury",))
    clause = published(world, drafted(world))
    assert (clause.version, clause.published_by) == (2, world.person("commerce", "counsel"))
    template = AgreementTemplate.objects.get(key=reference.TEMPLATE, is_current=True)
    assert (template.version, clause.pk in template.clause_ids) == (2, True)
    assert AgreementTemplate.objects.get(key="mutual-nda", is_current=True).version == 1
    later = make.negotiated(world, ("treasury",))
    with make.acting(world.person("treasury", "counsel")) as by:
        old = make.seen(running, by).current.clauses.get(clause_id="publication")
        new = make.seen(later, by).current.clauses.get(clause_id="publication")
    assert (old.library.version, new.library.version) == (1, 2)
    assert new.text == clause.text


def test_counsel_of_all_agencies_are_told(world: World) -> None:
    drafted(world)
    jobs.run_due()
    for organisation in ("commerce", "defense"):
        person = world.person(organisation, "counsel")
        with make.acting(person):
            assert Notice.objects.filter(user=person, kind="agreements.clause_ready").count() == 1


def test_a_draft_stands_in_the_inbox_of_those_who_can_read_it(world: World) -> None:
    draft = drafted(world)
    for who, role, found in (
        ("treasury", "counsel", [WAITING]), ("commerce", "counsel", [YOURS]), ("commerce", "router", []), ("aurora", "counsel", []),
    ):  # fmt: skip
        with make.acting(world.person(who, role)) as by:
            rows = [row for row in inbox.source(by, seats_of(by)) if row.kind == "Clause"]
            assert [row.group for row in rows] == found, (who, role)
    published(world, draft)
    with make.acting(world.person("commerce", "counsel")) as by:
        assert [row for row in inbox.source(by, seats_of(by)) if row.kind == "Clause"] == []


def test_help_of_a_variable_is_words_and_no_markup(world: World) -> None:
    row = {"key": "tone", "label": "Tone", "kind": "text", "default": "", "help": "<b onclick=x>Bold</b>"}
    published(world, drafted(world, text="The tone is {tone}.", variables=[row], alternatives=[]))
    agreement = make.draft(world)
    page = client_for(world.person("aurora", "drafter")).get(f"{agreement.get_absolute_url()}edit/").content
    assert b"&lt;b onclick=x&gt;Bold" in page
    assert b"<b onclick" not in page


def test_the_second_reader_sees_every_part_that_changes(world: World) -> None:
    others = [
        {"key": "joint_only", "text": "Only {publication_review_days} days.", "when_to_use": "W.", "rationale": "R."}
    ]
    drafted(world, guidance="Ask first.", alternatives=others)
    page = client_for(world.person("commerce", "counsel")).get("/agreements/library/publication/")
    assert [name for name, _ in page.context["changes"]] == [
        "Standard text", "Approved alternatives", "Guidance for negotiation",
    ]  # fmt: skip
    gone = "".join(text for op, text in dict(page.context["changes"])["Approved alternatives"] if op == -1)
    assert "summary" in gone


def test_nobody_publishes_alone_or_unasked(world: World) -> None:
    draft = drafted(world)
    with make.acting(world.person("treasury", "counsel")) as by, pytest.raises(Refused, match="edited this draft last"):
        actions.publish_clause(draft=draft, row_version=draft.row_version, by=by)
    with make.acting(world.person("commerce", "counsel")) as by:
        later = actions.save_clause_draft(draft=draft, row_version=draft.row_version, by=by, guidance="New.")
    with make.acting(world.person("defense", "counsel")) as by, pytest.raises(Refused, match="Nobody was asked"):
        actions.publish_clause(draft=later, row_version=later.row_version, by=by)


def test_a_stale_save_shows_everything_that_was_typed(world: World) -> None:
    draft = drafted(world)
    with make.acting(world.person("commerce", "counsel")) as by, pytest.raises(Conflict) as caught:
        actions.save_clause_draft(
            draft=draft, row_version=draft.row_version - 1, by=by, guidance="Mine.",
            alternatives=[{"key": "other", "text": "Or so.", "when_to_use": "", "rationale": ""}],
        )  # fmt: skip
    assert "Mine." not in caught.value.theirs
    for words in ("Mine.", "Or so.", "Reviewed for {publication_review_days} days."):
        assert words in caught.value.yours


def test_what_was_read_is_what_is_published(world: World) -> None:
    draft = drafted(world)
    seen = draft.row_version
    with make.acting(world.person("treasury", "counsel")) as by:
        row = actions.save_clause_draft(
            draft=draft, row_version=seen, by=by, text="Ours for {publication_review_days}."
        )
        actions.ask_second_reader(draft=row, row_version=row.row_version, by=by)
    with make.acting(world.person("commerce", "counsel")) as by, pytest.raises(Conflict, match="Somebody saved"):
        actions.publish_clause(draft=draft, row_version=seen, by=by)


def test_developers_neither_edit_nor_see_drafts(world: World) -> None:
    drafted(world)
    for role in ("counsel", "drafter"):
        with make.acting(world.person("aurora", role)) as by:
            assert not ClauseDraft.objects.exists()
            with pytest.raises(Refused, match="counsel of the agencies"):
                actions.begin_clause_draft(key="purpose", by=by)
    with make.acting(world.person("treasury", "router")) as by, pytest.raises(Refused):
        actions.begin_clause_draft(key="purpose", by=by)


def test_the_voluntary_clause_has_no_draft(world: World) -> None:
    with make.acting(world.person("treasury", "counsel")) as by, pytest.raises(Refused, match="stands as it is"):
        actions.begin_clause_draft(key="voluntary", by=by)


def test_published_versions_do_not_change(world: World) -> None:
    with make.acting(world.person("treasury", "counsel")), pytest.raises(DatabaseError), transaction.atomic():
        Clause.objects.filter(key="purpose").update(text="Other.")


def test_a_new_clause_stands_where_it_was_placed_and_can_leave_again(world: World) -> None:
    row = {"key": "colour", "label": "Colour", "kind": "choice", "default": "", "choices": ["red", "blue"], "help": ""}
    values = {"heading": "Colours", "text": "Ours is {colour}.", "variables": [row], "required_for": ["nda"]}
    clause = published(world, drafted(world, "colours", after="voluntary", **values))
    template = AgreementTemplate.objects.get(key="mutual-nda", is_current=True)
    order = [Clause.objects.get(pk=pk).key for pk in template.clause_ids]
    assert order[order.index("voluntary") + 1] == "colours"
    assert "colour" in [v["key"] for v in template.variables]
    assert clause.version == 1
    published(world, drafted(world, "colours", required_for=[], text=values["text"]))
    template = AgreementTemplate.objects.get(key="mutual-nda", is_current=True)
    assert (template.version, "colour" in [v["key"] for v in template.variables]) == (3, False)


TONE = {"key": "tone", "label": "Tone", "kind": "choice", "default": "", "choices": ["one", "two"], "help": ""}
NUMBER = {"key": "some_days", "label": "Days", "kind": "number", "default": 5, "minimum": 1, "maximum": 9, "help": ""}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "See {secret}."}, "text"),
        ({"text": " "}, "text"),
        ({"text": "A\x00"}, "text"),
        ({"heading": "x"}, "heading"),
        ({"change_note": " "}, "change_note"),
        ({"alternatives": [{"key": "standard", "text": "T.", "when_to_use": "W.", "rationale": "R."}]}, "alternatives.0.key"),
        ({"alternatives": [{"key": "one", "text": "T.", "when_to_use": "", "rationale": "R."}]}, "alternatives.0.when_to_use"),
        ({"alternatives": [{"key": "one", "text": "{no}", "when_to_use": "W.", "rationale": "R."}]}, "alternatives.0.text"),
        ({"variables": [NUMBER]}, "variables.0.key"),
        ({"text": "{some_days}", "variables": [{**NUMBER, "minimum": 10}]}, "variables.0.minimum"),
        ({"text": "{some_days}", "variables": [{**NUMBER, "default": 50}]}, "variables.0.default"),
        ({"text": "{some_days}", "variables": [{**NUMBER, "kind": "choice"}]}, "variables.0.choices"),
        ({"text": "{some_days}", "variables": [{**NUMBER, "default": "five"}]}, "variables.0.default"),
        ({"text": "{some_days}", "variables": [{**NUMBER, "minimum": None}]}, "variables.0.minimum"),
        ({"text": "{tone}", "variables": [TONE | {"choices": ["one"]}]}, "variables.0.choices"),
        ({"text": "{tone}", "variables": [TONE | {"choices": ["one", "one"]}]}, "variables.0.choices"),
        ({"text": "{tone}", "variables": [TONE | {"default": "three"}]}, "variables.0.default"),
        ({"text": "{tone}", "variables": [TONE | {"kind": "colour"}]}, "variables.0.kind"),
        ({"text": "{tone}", "variables": [TONE | {"kind": "date", "default": "2026-02-30"}]}, "variables.0.default"),
        ({"text": "{tone}", "variables": [TONE | {"label": " "}]}, "variables.0.label"),
        ({"text": "{developer}", "variables": [TONE | {"key": "developer"}]}, "variables.0.key"),
        ({"after": "nowhere"}, "after"),
        ({"text": "{some_days}", "variables": [NUMBER, NUMBER]}, "variables"),
        ({"text": "{access_days}", "variables": [{**NUMBER, "key": "access_days", "maximum": 31}]}, "variables.0.minimum"),
        ({"text": "{access_days}", "variables": [{**NUMBER, "key": "access_days", "kind": "text"}]}, "variables.0.kind"),
        ({"text": "{access_days}", "variables": [TONE | {"key": "access_days"}]}, "variables.0.kind"),
        ({"text": "{term_months}", "variables": [{**NUMBER, "key": "term_months"}]}, "variables.0.key"),
    ],
)  # fmt: skip
def test_what_cannot_be_published_is_said_at_its_field(world: World, changes: dict[str, Any], field: str) -> None:
    good = {"text": "Plain.", "variables": [], "alternatives": [], "change_note": "Note."}
    with pytest.raises(Invalid) as caught:
        drafted(world, "publication", **(good | changes))
    assert field in [p.field for p in caught.value.problems]


def test_an_approved_alternative_is_one_choice_and_no_departure(world: World) -> None:
    agreement = make.draft(world, ("treasury",))
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.save_draft(
            agreement=agreement, by=by, row_version=2, variables={}, clauses={}, wordings={"publication": "summary"}
        )
        row = queries.working_draft(agreement, world.aurora).clauses.get(clause_id="publication")
        assert (row.source, row.alternative.key, row.text) == ("alternative", "summary", row.alternative.text)
        actions.save_draft(
            agreement=agreement, by=by, row_version=3, variables={}, clauses={}, wordings={"publication": "standard"}
        )
        row.refresh_from_db()
        assert (row.source, row.alternative_id) == ("library", None)
        with pytest.raises(Invalid, match="no approved wording"):
            actions.save_draft(
                agreement=agreement, by=by, row_version=4, variables={}, clauses={}, wordings={"publication": "mine"}
            )


def test_a_changed_definition_reopens_the_clauses_that_use_the_word(world: World) -> None:
    with make.acting(world.person("aurora", "drafter")) as by:
        agreement = actions.start_from_template(
            template=AgreementTemplate.objects.get(key="mutual-nda", is_current=True), developer=world.aurora,
            agencies=[world.agency("treasury")], title="Talks", by=by, home=world.aurora,
        )  # fmt: skip
        actions.save_draft(agreement=agreement, by=by, row_version=1, variables={"nda_subject": "talks"}, clauses={})
        actions.send(agreement=agreement, by=by)
        actions.open_clearance(agreement=agreement, by=by)
    make.concur(world, agreement, "treasury")
    with make.acting(world.person("aurora", "counsel")) as by:
        actions.return_with_comments(agreement=agreement, by=by, comment="A word changes.")
        version = actions.begin_version(agreement=agreement, by=by)
        text = version.clauses.get(clause_id="nda_definitions").text.replace(
            "the party that gets it", "whoever gets it"
        )
        actions.save_draft(
            agreement=agreement, by=by, row_version=version.row_version, variables={}, clauses={"nda_definitions": text}
        )
        actions.propose_version(agreement=agreement, by=by)
        agreement = make.seen(agreement, by)
        found = set(queries.open_for(agreement, world.agency("treasury").pk))
        uses = {c.clause_id for c in agreement.current.clauses.all() if "Recipient" in c.text}
    assert found == uses
    assert {"nda_definitions", "nda_duties", "nda_return"} <= found
    assert "nda_no_rights" not in found


def test_the_pages_by_clicks(world: World) -> None:
    counsel, second = client_for(world.person("treasury", "counsel")), client_for(world.person("commerce", "counsel"))
    developer = client_for(world.person("aurora", "drafter"))
    for client in (counsel, developer):
        assert b"Clause library" in client.get("/agreements/library/").content
        assert b"Guidance for negotiation" in client.get("/agreements/library/publication/").content
    assert developer.get("/agreements/library/publication/edit/").status_code == 403
    assert counsel.get("/agreements/library/publication/edit/").status_code == 404
    begun = counsel.post("/agreements/library/begin/", {"key": "publication"})
    assert (begun.status_code, begun.url) == (302, "/agreements/library/publication/edit/")
    page = counsel.get("/agreements/library/publication/edit/")
    data = {}
    for form in (page.context["form"], *page.context["alternatives"], *page.context["variables"],
                 page.context["alternatives"].management_form, page.context["variables"].management_form):  # fmt: skip
        data |= {
            form[name].html_name: form[name].value() for name in form.fields if form[name].value() not in (None, False)
        }
    data |= {"text": "Reviewed for {publication_review_days} days, always.", "change_note": "Shorter."}
    saved = counsel.post("/agreements/library/publication/edit/", data | {"ask": "1"}, follow=True)
    assert b"waits for a second reader" in saved.content, saved.content
    assert b"waits for a second reader" not in developer.get("/agreements/library/publication/").content
    draft = second.get("/agreements/library/publication/").context["draft"]
    done = second.post("/agreements/library/publication/publish/", {"row_version": draft.row_version}, follow=True)
    assert b"Version 2 is published" in done.content
    history = developer.get("/agreements/library/publication/").content.decode()
    assert "counsel of an agency" in history
    assert world.person("commerce", "counsel").name not in history
    assert world.person("commerce", "counsel").name in counsel.get("/agreements/library/publication/").content.decode()
    redline = developer.get("/agreements/library/publication/versions/2/")
    assert b"<ins>" in redline.content
    assert b"compared with version 1" in redline.content
    assert developer.get("/agreements/library/publication/versions/9/").status_code == 404
    assert developer.get("/agreements/library/nothing/").status_code == 404
    kept = Clause.objects.get(key="publication", version=2).alternatives.order_by("key")
    assert [a.key for a in kept] == ["joint_only", "summary"]


def test_the_edit_page_offers_approved_wordings(world: World) -> None:
    agreement = make.draft(world)
    client = client_for(world.person("aurora", "drafter"))
    url = f"{agreement.get_absolute_url()}edit/"
    page = client.get(url)
    form = page.context["form"]
    data = {name: form[name].value() or "" for name in form.fields} | {"use": "publication:summary"}
    done = client.post(url, data)
    assert (done.status_code, done.url) == (302, f"{url}#clause-publication")
    page = client.get(url)
    assert page.content.index(b'name="save"') < page.content.index(b'name="use"')  # Enter saves, and rewords nothing
    assert b"This wording is in use." in page.content
    assert b"Bring back the standard text" in page.content


def test_the_api(world: World) -> None:
    base = "/api/v1/clause-library/"
    counsel, second = client_for(world.person("treasury", "counsel")), client_for(world.person("commerce", "counsel"))
    keys = [row["key"] for row in counsel.get(base).json()["results"]]
    assert {"voluntary", "appendix_a", "nda_duties"} <= set(keys)
    sent = {
        "row_version": 1,
        "text": "In {publication_review_days} days.",
        "change_note": "Shorter.",
        "alternatives": [],
    }
    saved = counsel.put(f"{base}publication/draft/", sent, content_type="application/json")
    assert (saved.status_code, saved.json()["problems"]) == (200, []), saved.content
    stale = counsel.put(f"{base}publication/draft/", sent, content_type="application/json")
    assert stale.status_code == 409
    assert sent["text"] in stale.json()["theirs"]
    seen = {"row_version": 2}
    assert counsel.post(f"{base}publication/draft/ask/", seen, content_type="application/json").status_code == 200
    assert counsel.post(f"{base}publication/draft/publish/", seen, content_type="application/json").status_code == 403
    done = second.post(f"{base}publication/draft/publish/", seen, content_type="application/json")
    assert (done.status_code, done.json()["version"]) == (200, 2), done.content
    assert [row["version"] for row in counsel.get(f"{base}publication/").json()["results"]] == [2, 1]
    developer = client_for(world.person("aurora", "counsel"))
    assert developer.get(f"{base}publication/draft/").status_code == 403
