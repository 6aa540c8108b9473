"""A party sends in a copy: it is answered by its hash, and an unknown one by the rules that it breaks, found in a child."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from agreements import queries
from agreements.models import TestingAgreement
from agreements.pdf import checking
from agreements.pdf.checking import NotJudged
from tests.agreements import factories as make
from tests.agreements.pdf import test_pdf as tampering
from tests.world import World, client_for


@pytest.fixture
def agreement(world: World) -> TestingAgreement:
    return make.in_force(world, ("treasury",))


def copy_of(world: World, agreement: TestingAgreement) -> bytes:
    with make.acting(world.person("aurora", "counsel")) as by:
        return queries.executed_pdf(make.seen(agreement, by))[0]


def sent(client: Client, agreement: TestingAgreement, content: bytes, name: str = "copy.pdf") -> tuple[int, str]:
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    answer = client.post(f"{agreement.get_absolute_url()}check-copy/", {"file": file})
    return answer.status_code, answer.content.decode()


def test_the_executed_copy_is_known_and_a_changed_one_is_told_why(world: World, agreement: TestingAgreement) -> None:
    client, copy = client_for(world.person("treasury", "counsel")), copy_of(world, agreement)
    assert "This is the executed copy, byte for byte" in sent(client, agreement, copy)[1]
    for tampered, words in (
        (tampering._with_page(copy), "changed"),
        (tampering._rewritten(copy), "signatory_1"),
        (copy + b"\n% a remark", ""),
    ):
        status, page = sent(client, agreement, tampered)
        assert (status, "This is not the executed copy" in page) == (200, True)
        found = re.findall(r"<li>([^<]+)</li>", page.split("What its rules find:")[1])
        assert found and any(words in sentence for sentence in found), found


def test_a_file_of_another_agreement_is_called_that(world: World, agreement: TestingAgreement) -> None:
    other = make.in_force(world, ("treasury",))
    client = client_for(world.person("aurora", "counsel"))
    assert f"It is a file of {other.reference}" in sent(client, agreement, copy_of(world, other))[1]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"PK\x03\x04 no", "This is not a PDF"), (b"%PDF-" + b"0" * (33 << 20), "larger than"), (b"", "empty")],
    ids=["a zip", "too large", "empty"],
)
def test_what_is_no_copy_is_refused_at_the_field(
    world: World, agreement: TestingAgreement, content: bytes, words: str
) -> None:
    status, page = sent(client_for(world.person("aurora", "counsel")), agreement, content)
    assert status in (400, 413)
    assert words in page or status == 413


def test_a_file_that_takes_too_long_is_not_judged(
    world: World, agreement: TestingAgreement, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NotJudged, match="too much time"):
        checking.problems(b"%PDF-1.7", trust_roots=[], crls=[], planned=[], stamped=False, seconds=0.01)

    def never(*args: object, **kwargs: object) -> None:
        raise NotJudged(checking.TOO_MUCH)

    monkeypatch.setattr(checking, "problems", never)
    status, page = sent(client_for(world.person("aurora", "counsel")), agreement, b"%PDF-1.7 slow")
    assert status == 400
    assert "took too much time" in page


def test_a_rival_and_somebody_without_a_seat_find_no_such_page(world: World, agreement: TestingAgreement) -> None:
    for person in (world.person("basalt", "counsel"), world.person("commerce-caisi", "evaluator")):
        assert sent(client_for(person), agreement, b"%PDF-1.7")[0] == 404
