"""Results that a developer states from a file: read in a child, chosen on a page, stated together or not at all."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.decisions import Invalid, Refused
from early_access import actions, claims
from early_access.models import ClaimedResult, EarlyAccessRequest
from early_access.rules.claims import OwnResult, OwnResults
from evaluations.queries import read_own_results
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.early_access.test_keys import told
from tests.evaluations.formats.test_kinds import every_eval, packed, reported, scores, steps
from tests.world import World, client_for

CAISI, _ = make.AGENCIES
LOGS = Path(__file__).resolve().parents[1] / "evaluation_logs"


def page_of(request: EarlyAccessRequest) -> str:
    return f"/requests/{request.reference}/own-results/file/"


def sent(client: Client, page: str, content: bytes, name: str = "results.json") -> str:
    """The page after this file was chosen."""
    answer = client.post(page, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 200
    return answer.content.decode()


def hidden(text: str) -> str:
    found = re.search(r'name="found" value="([^"]+)"', text)
    assert found is not None, text
    return found.group(1)


def test_a_log_of_inspect_is_read_chosen_and_stated(world: World) -> None:
    request, client = make.submitted(world), client_for(world.person("aurora", "drafter"))
    text = sent(client, page_of(request), (LOGS / "success-16-of-20.eval").read_bytes(), "plain.eval")
    assert "plain, version 0: accuracy 80.0 % (58.4 to 91.9), n = 20" in text and "inspect_ai 0.3" in text
    assert "20 of 20 items scored" in text and 'value="plain.eval"' in text and not ClaimedResult.objects.exists()
    build = str(request.checkpoint_id)
    typed = {
        "found": hidden(text),
        "results": "0",
        "checkpoint": build,
        "variant": "production",
        "method": "As the log says.",
    }
    refused = client.post(page_of(request), typed).content.decode()
    assert "Say where the figure stands" in refused and hidden(refused) == typed["found"], "nothing is lost"
    answer = client.post(page_of(request), typed | {"source": "Our log of 3 November"}, follow=True)
    assert "Stated: 1 result." in answer.content.decode()
    with acting(world.person(CAISI, "evaluator")) as by:
        made = ClaimedResult.objects.visible_to(by).get()
    assert (made.suite, made.suite_version, made.metric, made.estimate, made.n) == ("plain", "0", "accuracy", 0.8, 20)
    assert made.ci_low == pytest.approx(0.5840, abs=1e-3) and made.method == "As the log says."
    assert told(world, "result_stated", CAISI, "evaluator") == 1
    again = client.post(page_of(request), typed | {"source": "Our log of 3 November"}, follow=True)
    assert "These stand here already." in again.content.decode()


def test_several_are_stated_together_or_not_at_all(world: World) -> None:
    request = make.submitted(world)
    read = read_own_results(
        packed(every_eval(reported("kites", 0.8, num_samples=20), reported("owls", 0.5, num_samples=40)))
    )
    assert [(one.suite, one.metric, one.estimate, one.n) for one in read.results] == [
        ("kites", "accuracy", 0.8, 20), ("owls", "accuracy", 0.5, 40),
    ]  # fmt: skip
    assert read.method == "lm_eval 0.4.9; reported by An institute."
    with acting(world.person("aurora", "drafter")) as by:
        row = EarlyAccessRequest.objects.get(pk=request.pk)
        said: dict[str, Any] = {
            "request": row, "checkpoint": claims.checkpoints(row)[0].pk, "variant": "production", "method": read.method,
            "source": "Our page", "by": by,
        }  # fmt: skip
        wrong = OwnResult("owls", "", "accuracy", 0.5, 0.6, 0.7, 40)
        with pytest.raises(Invalid, match="owls, accuracy: The lower end lies between 0 and the result"):
            actions.state_results(results=[read.results[0], wrong], **said)
        assert not ClaimedResult.objects.exists()
        with pytest.raises(Invalid, match="Choose at least one result"):
            actions.state_results(results=[], **said)
        with pytest.raises(Invalid) as caught:
            actions.state_results(results=read.results, **said | {"variant": "fine_tuned", "method": " "})
        assert [problem.field for problem in caught.value.problems] == ["method", "variant"], "once for all of them"
        made = actions.state_results(results=read.results, **said)
        assert len(made) == 2 and actions.state_results(results=read.results, **said) == []
    assert told(world, "result_stated", CAISI, "evaluator") == 1, "one notice for all"


def test_what_cannot_be_stated_is_left_out_in_words() -> None:
    table = scores("kites,model,accuracy,,30,40", "kites,model,accuracy,expert,3,10")
    read = read_own_results(table)
    assert [one.metric for one in read.results] == ["accuracy"]
    assert read.left_out == ("Figures of parts of a suite are not stated: 1.",)
    head = "metric,slice,n,estimate,ci_low,ci_high,ci_level"
    named = read_own_results(scores("accuracy,,40,0.5,0.4,0.6,0.9", head=head))
    assert named.results == (OwnResult("", "", "accuracy", 0.5, None, None, 40),)
    assert named.left_out == ("The interval of “accuracy” is of 90 %: one of 95 % is stated, or none.",)
    twice = read_own_results(steps("kites,model,hill,1,8,8", "kites,model,lake,1,4,2"))
    assert [(one.metric, one.estimate) for one in twice.results] == [("hill", 1.0), ("lake", 0.0)]
    for content, words in (
        (
            scores("kites,model,accuracy,expert,3,10"),
            "no result in this file that can be stated. Figures of parts of a suite",
        ),
        (packed(every_eval(reported("kites", 0.8))), "an estimate needs n"),
        (b"PK\x03\x04 and no more", "truncated|cut off|damaged|incomplete|copy it again"),
        (b"%PDF-1.7", "PDF"),
    ):
        with pytest.raises(Invalid, match=words):
            read_own_results(content)


def test_a_suite_without_a_name_is_asked_for(world: World) -> None:
    request, client = make.submitted(world), client_for(world.person("aurora", "drafter"))
    text = sent(client, page_of(request), scores("accuracy,,3,10", head="metric,slice,successes,n"), "t.csv")
    assert "Suite not named: accuracy 30.0 %" in text and 'name="suite"' in text
    typed = {
        "found": hidden(text), "results": "0", "checkpoint": str(request.checkpoint_id), "variant": "production",
        "method": "Ours.", "source": "A table",
    }  # fmt: skip
    assert "Name the benchmark or suite" in client.post(page_of(request), typed).content.decode()
    assert client.post(page_of(request), typed | {"suite": "Kites"}).status_code == 302
    with acting(world.person("aurora", "drafter")):
        assert ClaimedResult.objects.get().suite == "Kites"


def test_what_was_read_cannot_be_changed_on_the_way(world: World) -> None:
    request, client = make.submitted(world), client_for(world.person("aurora", "drafter"))
    found = hidden(sent(client, page_of(request), packed(every_eval())))
    typed = {
        "found": found[:-2] + "xx",
        "results": "0",
        "checkpoint": str(request.checkpoint_id),
        "variant": "production",
    }
    answer = client.post(page_of(request), typed, follow=True)
    assert "Choose the file again" in answer.content.decode()
    with acting(world.person("aurora", "drafter")):
        assert not ClaimedResult.objects.exists()


def test_a_wrong_file_or_none_says_what_to_do_and_others_find_nothing(world: World, settings: Any) -> None:
    request, client = make.submitted(world), client_for(world.person("aurora", "drafter"))
    assert "Choose the file that you want read." in client.post(page_of(request)).content.decode()
    assert "not a file that Concord reads" in sent(client, page_of(request), b"plainly no table")
    settings.MAX_DOCUMENT_BYTES = 1024 * 1024
    assert "larger than 1 MiB" in sent(client, page_of(request), b"{" + b" " * 1024 * 1024)
    for home, role in (("basalt", "drafter"), (CAISI, "evaluator")):
        assert client_for(world.person(home, role)).get(page_of(request)).status_code == 404
    with acting(world.person(CAISI, "evaluator")) as by, pytest.raises(Refused):
        actions.read_results(request=EarlyAccessRequest.objects.get(pk=request.pk), content=b"{}", by=by)


def test_of_a_hundred_and_one_results_a_hundred_are_stated_at_once(world: World) -> None:
    request, client = make.submitted(world), client_for(world.person("aurora", "drafter"))
    text = sent(client, page_of(request), scores(*(f"kites,model,metric {n},,30,40" for n in range(101))), "t.csv")
    assert "At most 100 at once: the first are chosen." in text and text.count(" checked") == 100
    with acting(world.person("aurora", "drafter")) as by:
        row = EarlyAccessRequest.objects.get(pk=request.pk)
        many = [OwnResult(f"suite {n}", "", "accuracy", 0.5, None, None, 40) for n in range(101)]
        with pytest.raises(Invalid, match="at most 100 results at once"):
            actions.state_results(
                request=row, results=many, checkpoint=claims.checkpoints(row)[0].pk, variant="production", method="m",
                source="s", by=by,
            )  # fmt: skip


def test_what_is_read_is_plain_data() -> None:
    read = read_own_results(packed(every_eval()))
    assert isinstance(read, OwnResults) and "CNRY" not in json.dumps([vars(one) for one in read.results]) + read.method
