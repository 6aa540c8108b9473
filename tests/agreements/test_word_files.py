"""A Word file of the other side: its changes become suggestions, clause by clause; what is not taken over is said."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agreements import actions, queries, redlines
from agreements.actions.word_files import Taken
from agreements.models import ClauseSuggestion, TestingAgreement
from audit.models import Event
from core.decisions import Invalid
from jobs import testing as jobs
from notifications.models import Notice
from tests.agreements import factories as make
from tests.agreements.word.files import changed
from tests.world import World, client_for

API = "/api/v1/"
TEXT = '<w:t xml:space="preserve">'
MARK = '<w:{0} w:id="900" w:author="Counsel of Treasury" w:date="2026-05-04T00:00:00Z">{1}</w:{0}>'


@pytest.fixture
def agreement(world: World) -> TestingAgreement:
    return make.negotiated(world, ("treasury",))


def exported(world: World, agreement: TestingAgreement) -> bytes:
    with make.acting(world.person("treasury", "counsel")) as by:
        return redlines.text_as_word(make.seen(agreement, by).current)


def edited(content: bytes, *changes: tuple[str, str]) -> bytes:
    """The file after changes without marks."""

    def change(parts: dict[str, bytes]) -> None:
        main = parts["word/document.xml"].decode()
        for old, new in changes:
            assert old in main, old
            main = main.replace(old, new)
        parts["word/document.xml"] = main.encode()

    return changed(change, content)


def tracked(old: str, new: str) -> tuple[str, str]:
    """The same change with marks, as Word makes them."""
    gone = MARK.format("del", f'<w:r><w:delText xml:space="preserve">{old}</w:delText></w:r>')
    come = MARK.format("ins", f"<w:r>{TEXT}{new}</w:t></w:r>")
    return old, f"</w:t></w:r>{gone}{come}<w:r>{TEXT}"


def taken(world: World, agreement: TestingAgreement, content: bytes) -> Taken:
    with make.acting(world.person("treasury", "counsel")) as by:
        return actions.suggest_from_word(agreement=make.seen(agreement, by), by=by, content=content)


def test_an_untouched_file_suggests_nothing(world: World, agreement: TestingAgreement) -> None:
    found = taken(world, agreement, exported(world, agreement))
    assert (found.suggestions, found.left_out) == ([], [])


def test_tracked_changes_become_suggestions_with_their_variables(world: World, agreement: TestingAgreement) -> None:
    content = edited(
        exported(world, agreement),
        tracked("Neither side says or implies", "No side says"),
        tracked("for at most 90 days", "for at most 45 days"),
    )
    found = taken(world, agreement, content)
    rows = {row.clause_id: row for row in found.suggestions}
    assert set(rows) == {"publication", "return_or_destroy"}
    assert "No side says that an Agency has endorsed" in rows["publication"].text
    assert "{publication_review_days}" in rows["publication"].text
    assert rows["publication"].variables == {}
    assert "{retention_days}" in rows["return_or_destroy"].text
    assert rows["return_or_destroy"].variables == {"retention_days": 45}
    assert all(row.from_file and row.sent_at is None for row in found.suggestions)


def test_it_goes_all_the_way_into_the_next_version(world: World, agreement: TestingAgreement) -> None:
    taken(world, agreement, edited(exported(world, agreement), tracked("for at most 90 days", "for at most 45 days")))
    with make.acting(world.person("treasury", "counsel")) as by:
        actions.send_suggestions(agreement=make.seen(agreement, by), by=by)
    with make.acting(world.person("aurora", "counsel")) as by:
        row = queries.suggestions_for(agreement, by).get()
        actions.accept_suggestion(suggestion=row, by=by)
        version = actions.propose_version(agreement=make.seen(agreement, by), by=by)
        assert "at most 45 days" in version.clauses.get(clause_id="return_or_destroy").filled
        assert version.obligations.get(kind="retention_days").value == 45


def test_a_value_outside_its_limits_is_kept_as_words_and_no_figure(world: World, agreement: TestingAgreement) -> None:
    found = taken(world, agreement, edited(exported(world, agreement), tracked("at most 90 days", "at most 9000 days")))
    row = found.suggestions[0]
    assert (row.variables, "at most 9000 days" in row.text) == ({}, True)


def test_what_is_not_taken_over_is_said(world: World, agreement: TestingAgreement) -> None:
    heading = '<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t>Export control</w:t></w:r></w:p>'
    content = edited(
        exported(world, agreement),
        ("Taking part is voluntary.", "Taking part is required."),
        ("<w:sectPr>", f"{heading}<w:p><w:r><w:t>Obeyed.</w:t></w:r></w:p><w:sectPr>"),
        (f"{TEXT}Insider risk</w:t>", f"{TEXT}People</w:t>"),
    )
    found = taken(world, agreement, content)
    assert found.suggestions == []
    for words in ("new clause “Export control”", "stands as it is", "“Insider risk” was changed to “People”"):
        assert any(words in line for line in found.left_out), (words, found.left_out)


def test_a_clause_of_many_thousand_words_is_left_out_before_it_is_compared(
    world: World, agreement: TestingAgreement
) -> None:
    flood = " ".join(f"w{n}" for n in range(200_000))
    found = taken(world, agreement, edited(exported(world, agreement), ("Each Agency acts for itself.", flood)))
    assert (found.suggestions, found.left_out) == ([], ["Parties: a clause has at most 50,000 characters. Shorten it."])


def test_a_flood_of_headings_is_said_in_a_few_lines(world: World, agreement: TestingAgreement) -> None:
    heading = '<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t>' + "New " * 100 + "</w:t></w:r></w:p>"
    content = edited(exported(world, agreement), ("<w:sectPr>", heading * 300 + "<w:sectPr>"))
    client = client_for(world.person("treasury", "counsel"))
    done = client.post(
        f"{agreement.get_absolute_url()}suggestions/word/", {"file": SimpleUploadedFile("a.docx", content)}, follow=True
    )
    assert b"280 more places were not taken over" in done.content
    assert done.content.count(b"was not taken over") == 20


def test_a_file_of_an_earlier_version_is_compared_with_that_version(world: World, agreement: TestingAgreement) -> None:
    old = exported(world, agreement)
    with make.acting(world.person("aurora", "counsel")) as by:
        draft = actions.begin_version(agreement=agreement, by=by)
        actions.save_draft(
            agreement=agreement, by=by, row_version=draft.row_version, variables={}, clauses={"purpose": "One purpose."}
        )
        actions.propose_version(agreement=make.seen(agreement, by), by=by)
    found = taken(world, agreement, edited(old, ("Each Agency acts for itself.", "Each acts alone.")))
    assert found.version.number == 1
    assert [row.clause_id for row in found.suggestions] == ["parties"]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04torn"])
def test_what_is_no_word_file_is_refused_in_words(world: World, agreement: TestingAgreement, content: bytes) -> None:
    with pytest.raises(Invalid) as caught:
        taken(world, agreement, content)
    assert [p.field for p in caught.value.problems] == ["file"]


def test_the_api_takes_a_file(world: World, agreement: TestingAgreement) -> None:
    path, client = (
        f"/api/v1/agreements/{agreement.reference}/suggestions/word/",
        client_for(world.person("treasury", "counsel")),
    )
    content = edited(exported(world, agreement), tracked("for at most 90 days", "for at most 45 days"))
    done = client.post(path, {"file": SimpleUploadedFile("a.docx", content)})
    assert done.status_code == 201, done.content
    assert [row["variables"] for row in done.json()["suggestions"]] == [{"retention_days": 45}]
    refused = client.post(path, {"file": SimpleUploadedFile("a.docx", b"%PDF-1.7")})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "#/file")


def test_the_page_takes_a_file_or_says_why_not(world: World, agreement: TestingAgreement) -> None:
    base, client = f"{agreement.get_absolute_url()}suggestions/", client_for(world.person("treasury", "counsel"))
    content = edited(exported(world, agreement), tracked("for at most 90 days", "for at most 45 days"))
    done = client.post(f"{base}word/", {"file": SimpleUploadedFile("a.docx", content)}, follow=True)
    for words in (b"1 clause of version 1 differs", b"Not sent yet: 1", b"from 90 to 45", b"from a Word file"):
        assert words in done.content, words
    macros = changed(lambda parts: parts.update({"word/vbaProject.bin": b"x"}), content)
    refused = client.post(f"{base}word/", {"file": SimpleUploadedFile("a.docx", macros)})
    assert (refused.status_code, b"The file has macros." in refused.content) == (400, True)
    assert client.post(f"{base}word/").status_code == 400
    assert client_for(world.person("treasury", "router")).post(f"{base}word/").status_code == 403


def three(world: World, agreement: TestingAgreement) -> list[ClauseSuggestion]:
    """What Treasury's counsel suggested in a file and sent: three clauses, one of which changes a term."""
    content = edited(
        exported(world, agreement),
        tracked("Neither side says or implies", "No side says"),
        tracked("for at most 90 days", "for at most 45 days"),
        tracked("tell the Developer what they find", "tell the Developer all that they find"),
    )
    taken(world, agreement, content)
    with make.acting(world.person("treasury", "counsel")) as by:
        actions.send_suggestions(agreement=make.seen(agreement, by), by=by)
        return list(queries.suggestions_for(agreement, by))


def test_all_of_a_file_is_taken_by_one_press_and_recorded_one_by_one(world: World, agreement: TestingAgreement) -> None:
    rows = three(world, agreement)
    assert len(rows) == 3
    counsel, url = client_for(world.person("aurora", "counsel")), f"{agreement.get_absolute_url()}suggestions/"
    page = counsel.get(url).content.decode()
    assert "Take all 3 into our draft" in page and all(f'value="{row.pk}"' in page for row in rows)
    assert "Take all" not in client_for(world.person("treasury", "counsel")).get(url).content.decode()
    sent = {"suggestion": [str(row.pk) for row in rows]}
    assert "3 suggestions stand in your draft now" in counsel.post(f"{url}accept/", sent, follow=True).content.decode()
    with make.acting(world.person("aurora", "counsel")) as by:
        found = list(queries.suggestions_for(agreement, by))
        assert {(row.status, row.decided_by) for row in found} == {("accepted", by)}
        events = Event.objects.filter(verb="agreements.suggestion_accepted", object_id=str(agreement.pk))
        assert sorted(json.loads(event.body)["detail"]["clause"] for event in events) == sorted(
            row.clause_id for row in rows
        )
        draft = queries.working_draft(make.seen(agreement, by), world.aurora)
        assert draft is not None and draft.variables["retention_days"] == 45
        texts = {clause.clause_id: clause.text for clause in draft.clauses.all()}
        assert all(texts[row.clause_id] == row.text for row in rows)
    jobs.run_due()
    with make.acting(world.person("treasury", "counsel")) as by:
        assert Notice.objects.filter(user=by, kind="agreements.suggestion_answered").count() == 1
    again = counsel.post(f"{url}accept/", sent, follow=True).content.decode()  # a double click
    assert again.count("Not taken,") == 3 and "in your draft now" not in again


def test_one_that_does_not_fit_keeps_none_of_the_others(world: World, agreement: TestingAgreement) -> None:
    rows = three(world, agreement)
    with make.acting(world.person("aurora", "counsel")) as by:
        draft = actions.begin_version(agreement=make.seen(agreement, by), by=by)
        actions.save_draft(
            agreement=make.seen(agreement, by), by=by, row_version=draft.row_version, variables={},
            clauses={"publication": "Our own words."},
        )  # fmt: skip
        done = actions.accept_suggestions(agreement=agreement, suggestions={row.pk for row in rows}, by=by)
        ((left, why),) = done.left
        assert left.clause_id == "publication" and "not the one that the suggestion was written against" in why
        assert len(done.taken) == 2
        by_clause = {row.clause_id: row.status for row in queries.suggestions_for(agreement, by)}
        assert by_clause.pop("publication") == "open" and set(by_clause.values()) == {"accepted"}
        draft = queries.working_draft(make.seen(agreement, by), world.aurora)
        assert draft.clauses.get(clause_id="publication").text == "Our own words."


def test_what_was_not_sent_or_is_of_another_agreement_is_not_taken(world: World, agreement: TestingAgreement) -> None:
    """Not even whether it exists is told."""
    content = edited(exported(world, agreement), tracked("for at most 90 days", "for at most 45 days"))
    kept = taken(world, agreement, content).suggestions[0].pk
    rows = three(world, make.negotiated(world, ("commerce", "treasury")))
    base = f"{API}agreements/{agreement.reference}/suggestions/accept/"
    me = client_for(world.person("aurora", "counsel"))
    for chosen in ([str(kept)], [str(rows[0].pk)], [str(uuid4())]):
        answer = me.post(base, {"suggestions": chosen}, content_type="application/json")
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "#/suggestions"), chosen
    assert me.post(base, {"suggestions": []}, content_type="application/json").status_code == 400
    assert me.post(f"{agreement.get_absolute_url()}suggestions/accept/", {"suggestion": "x"}).status_code == 404
    theirs = client_for(world.person("basalt", "drafter"))
    assert theirs.post(base, {"suggestions": [str(kept)]}, content_type="application/json").status_code == 404
    own = client_for(world.person("treasury", "counsel"))
    with make.acting(world.person("treasury", "counsel")) as by:
        actions.send_suggestions(agreement=make.seen(agreement, by), by=by)
    said = own.post(base, {"suggestions": [str(kept)]}, content_type="application/json")
    assert said.status_code == 200 and said.json()["taken"] == [] and len(said.json()["left"]) == 1
    done = me.post(base, {"suggestions": [str(kept)]}, content_type="application/json").json()
    assert done == {"taken": [str(kept)], "left": []}
