"""A later effective day, an amendment that is overtaken while it is signed, and the text of a day as files."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from agreements import actions, consolidated, queries
from agreements.models import IssuedFile, TestingAgreement
from core.decisions import Conflict
from jobs.testing import run_due
from tests.agreements import factories as make
from tests.world import World, client_for

PARTY = ("treasury",)


def test_an_amendment_with_a_later_day_is_signed_now_and_obeyed_then(world: World) -> None:
    agreement = make.in_force(world, PARTY)
    day = timezone.now().date() + timedelta(days=10)
    signed = make.amended(world, agreement, agencies=PARTY, variables={"access_days": 10, "takes_effect_on": str(day)})
    with make.acting(world.person("aurora", "drafter")) as by:
        row = make.seen(agreement, by)
        assert (signed.status, signed.amendment_number, row.amended) == ("awaiting_signature", 1, 1)
        assert queries.obligation(row, "access_days") == 30, "not yet"
        assert queries.obligation(row, "access_days", timezone.now() + timedelta(days=10)) == 10
        before, after = consolidated.on(row, day - timedelta(days=1)), consolidated.on(row, day)
        assert (len(before.amendments), len(before.later), len(after.amendments)) == (0, 1, 1)
        assert before.text_hash != after.text_hash
        assert run_due(at=timezone.now(), kinds=("agreements.come_into_force",)) == [], "the clock has not come"
        TestingAgreement.objects.filter(pk=signed.pk).update(effective_on=timezone.now().date())
        assert len(run_due(at=timezone.now() + timedelta(days=11), kinds=("agreements.come_into_force",))) == 1
        assert make.seen(signed, by).status == "incorporated"


def test_what_is_overtaken_while_it_is_signed_is_not_signed_any_further(world: World) -> None:
    agreement = make.in_force(world, PARTY)
    slow = make.amendment_awaiting(world, agreement, agencies=PARTY, clauses={"purpose": "For tests only."})
    make.sign(world, slow, "aurora")
    quick = make.amended(world, agreement, agencies=PARTY, home="treasury", clauses={"purpose": "For early access."})
    with pytest.raises(Conflict, match="was changed by amendment 1"):
        make.sign(world, slow, "treasury")
    with make.acting(world.person("aurora", "drafter")) as by:
        assert make.seen(quick, by).status == "incorporated"
        assert make.seen(slow, by).status == "awaiting_signature"
        assert not IssuedFile.objects.filter(agreement=slow, role=IssuedFile.Role.EXECUTED).exists()
        passages = {p.clause_id: p.filled for p in consolidated.read(make.seen(agreement, by)).standing}
        assert passages["purpose"] == "For early access."
    with make.acting(world.person("treasury", "signatory")) as by:
        actions.decline_to_sign(agreement=make.seen(slow, by), by=by, reason="Another amendment says it already.")
    with make.acting(world.person("aurora", "drafter")) as by:
        assert make.seen(slow, by).status == "in_negotiation", "the way on"


def test_the_text_of_a_day_as_pdf_and_as_word_file(world: World) -> None:
    agreement = make.in_force(world, PARTY)
    made = make.amended(world, agreement, agencies=PARTY, clauses={"purpose": "For early access <only>."})
    url, counsel = agreement.get_absolute_url(), client_for(world.person("treasury", "counsel"))
    pdf, word = (counsel.get(f"{url}text.{kind}") for kind in ("pdf", "docx"))
    assert (pdf["Content-Type"], pdf["Cache-Control"], word.status_code) == ("application/pdf", "no-store", 200)
    assert pdf.content == counsel.get(f"{url}text.pdf").content, "the same day gives the same bytes"
    with zipfile.ZipFile(io.BytesIO(word.content)) as archive:
        xml = archive.read("word/document.xml").decode()
    assert "w:ins " not in xml and "w:del " not in xml
    said = [xml]
    if shutil.which("pdftotext"):
        done = subprocess.run(["pdftotext", "-", "-"], input=pdf.content, capture_output=True, check=True)
        said.append(" ".join(done.stdout.decode().split()))
    for text in said:
        for words in (
            agreement.reference,
            "The signed instruments govern.",
            "As changed by amendment 1",
            made.reference,
        ):
            assert words in text
        assert "For early access &lt;only&gt;." in text or "For early access <only>." in text
    for path in (
        f"{url}text.pdf?on=never",
        f"{made.get_absolute_url()}text.pdf",
        f"{made.get_absolute_url()}text.docx",
    ):
        assert counsel.get(path).status_code == 404
    rival = client_for(world.person("basalt", "drafter"))
    assert {rival.get(f"{url}text.{kind}").status_code for kind in ("pdf", "docx")} == {404}
    assert counsel.get(f"/api/v1{url}consolidated.pdf").content == pdf.content
