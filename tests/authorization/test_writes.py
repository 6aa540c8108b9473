"""A write cannot attach to a foreign object (R6): a rival's id is refused as an id that never was, and no row changes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django import forms
from django.apps import apps
from django.db import connection, transaction
from rest_framework import serializers

from accounts.api.fields import VisibleRelatedField
from agreements.models import AgreementTemplate, TestingAgreement
from core import rls
from core.models import Base
from developers import actions as developers
from early_access import actions as early_access
from early_access.models import EarlyAccessRequest
from evaluations import actions as evaluations
from evaluations.models import EvaluationRun
from notifications.models import Notice
from tests.agreements import factories as agreement_in
from tests.agreements import seats
from tests.authorization.matrix import ask_with
from tests.authorization.stage import Stage
from tests.early_access import factories as request_in
from tests.evaluations import findings as finding_in
from tests.test_access_map import patterns
from tests.world import acting, client_for

pytestmark = pytest.mark.django_db


# A draft keeps what was typed, for its own side; test_a_draft_that_names_a_rivals_rows_is_never_submitted follows it.
DRAFTED = {"early_access.RequestSection", "audit.Event"}


@dataclass(frozen=True)
class Attempt:
    """A write by the rival (or an agency) that names an id. `body` gets the id; forms are dicts of texts."""

    path: str
    body: Callable[[str], dict[str, Any]]
    foreign: str
    own: str  # the id with which the same write succeeds
    method: str = "POST"
    role: str = "rival.drafter"
    covers: tuple[str, ...] = ()  # the fields of serializers and forms that take it


@pytest.fixture(scope="module")
def mine(stage: Stage) -> dict[str, Any]:
    """What the rival has itself, and ids of Aurora's rows that have no address."""
    world = stage.world
    with acting(world.person("basalt", "drafter")) as by:
        request = early_access.create(developer=world.basalt, by=by)
        model = developers.register_model(developer=world.basalt, codename="Kite", by=by)
        checkpoint = developers.register_checkpoint(
            model=model, label="k1", configuration_sha256="ef" * 32, variants=["production"], by=by
        )
    with rls.context(user=world.staff.pk):
        theirs = EarlyAccessRequest.objects.get(reference=stage.objects["opened"])
        assert theirs.checkpoint_id
    notices = []
    for home in ("aurora", "basalt"):
        with acting(world.person(home, "drafter")) as by:
            notices.append(Notice.objects.create(user=by, kind="agreements.sent", subject="It was sent", url="/inbox/"))
    person, evaluator = world.person("aurora", "signatory"), world.person("commerce-caisi", "evaluator")
    with rls.context(user=world.staff.pk):
        run = EvaluationRun.objects.select_related("assignment").filter(developer=world.aurora).first()
        assert run is not None
        assignment = run.assignment
        own_run = str(run.pk)
        run.pk, run._state.adding, run.agency = uuid4(), True, world.agency("treasury")
        run.save(force_insert=True)
    above = {
        "may_redelegate": True,
        "number": "R-1",
        "valid_from": datetime(2025, 12, 1, tzinfo=UTC),
        "valid_until": None,
    }
    their_above, own_above = (
        agreement_in.authority(world, home, holder=world.person(home, "drafter"), **above)
        for home in ("aurora", "basalt")
    )
    their_post, own_post = (seats.post(world, home) for home in ("aurora", "basalt"))
    own_agreement = agreement_in.in_force(world, ("treasury",), developer="basalt")
    with rls.context(user=world.staff.pk):
        their_agreement = TestingAgreement.objects.get(reference=stage.objects["in_force"])
    with acting(evaluator) as by:
        draft = evaluations.draft_finding(assignment=assignment, by=by, **finding_in.TEXT)
    other = finding_in.drafted(evaluator, assignment, title="Mended since")
    mended = finding_in.moved(world, other, *finding_in.WAYS["remediated"])
    return {
        "mended": mended.reference,
        "request": request.reference, "model": str(model.pk), "checkpoint": checkpoint, "assignment": assignment.reference,
        "their_model": str(theirs.model_id), "their_checkpoint": str(theirs.checkpoint_id), "finding": draft.reference,
        "notice": str(notices[0].pk), "own_notice": str(notices[1].pk), "home": str(world.basalt.pk),
        "their_organisation": str(world.aurora.pk), "agency": str(world.agency("treasury").pk), "agency_slug": "treasury",
        "their_person": str(person.pk), "person": str(world.person("basalt", "signatory").pk),
        "their_agreement": str(their_agreement.pk), "agreement": str(own_agreement.pk),
        "their_run": str(run.pk), "run": own_run, "their_above": str(their_above.pk), "above": str(own_above.pk),
        "their_post": str(their_post.pk), "post": str(own_post.pk),
    }  # fmt: skip


def attempts(mine: dict[str, Any], template: str) -> list[Attempt]:
    """Every field that takes an id from outside."""
    section = f"/api/v1/requests/{mine['request']}/sections"
    identity = request_in.sections(mine["checkpoint"])["identity"]
    start = {"template": "framework-mou", "title": "Ours", "agencies": ["treasury"]}
    finding = {k: v for k, v in finding_in.TEXT.items() if k != "run"} | {"title": "Another"}
    day = {"number": "B-1", "title": "Delegation", "instruments": "mou", "valid_from": "2026-01-01T00:00"}
    kept = day | {"instruments": ["mou"], "valid_from": "2026-01-01T00:00:00Z"}
    seat = {"begins_at": "2026-01-01T00:00", "source": "An order"}
    kept_seat = seat | {"begins_at": "2026-01-01T00:00:00Z"}
    at, theirs = f"/api/v1/assignments/{mine['assignment']}/findings/", mine["their_organisation"]
    draft = {"template": template, "title": "Ours", "home": mine["home"], "agencies": mine["agency"]}
    evaluator: dict[str, Any] = {"role": "caisi.evaluator"}
    claim = {
        "variant": "production", "suite": "Kites", "metric": "accuracy", "estimate": 0.4, "n": 40, "method": "Ours.", "source": "Card",
    }  # fmt: skip
    return [
        Attempt("/api/v1/agreements/", lambda i: start | {"developer": i}, theirs, mine["home"],
                covers=("StartIn.developer",)),
        Attempt("/api/v1/agreements/", lambda i: start | {"replaces": i}, mine["their_agreement"], mine["agreement"],
                covers=("StartIn.replaces",)),
        Attempt(f"{section}/identity/", lambda i: _section(identity | {"model": i}), mine["their_model"],
                identity["model"], "PUT"),
        Attempt(f"{section}/identity/", lambda i: _section(identity | {"checkpoint": i}), mine["their_checkpoint"],
                identity["checkpoint"], "PUT"),
        Attempt(f"{section}/agencies/", lambda i: _section({"agencies": [i]}), theirs, mine["agency_slug"], "PUT"),
        Attempt("/agreements/new/", lambda i: draft | {"home": i}, theirs, mine["home"]),
        Attempt("/agreements/new/", lambda i: draft | {"template": i}, theirs, template, covers=("StartForm.template",)),
        Attempt("/agreements/new/", lambda i: draft | {"agencies": i}, theirs, mine["agency"],
                covers=("StartForm.agencies", "StartForm.developer")),
        Attempt("/agreements/authorities/new/", lambda i: day | {"holder": i}, mine["their_person"], mine["person"],
                role="rival.administrator", covers=("AuthorityForm.holder",)),
        Attempt("/agreements/authorities/new/", lambda i: day | {"holder": mine["person"], "parent": i},
                mine["their_above"], mine["above"], role="rival.administrator", covers=("AuthorityForm.parent",)),
        Attempt("/agreements/authorities/new/", lambda i: day | {"post": i}, mine["their_post"], mine["post"],
                role="rival.administrator", covers=("AuthorityForm.post",)),
        Attempt("/api/v1/authorities/", lambda i: kept | {"number": "B-2", "post": i}, mine["their_post"], mine["post"],
                role="rival.administrator"),
        Attempt(f"/agreements/posts/{mine['post']}/incumbents/new/", lambda i: seat | {"person": i}, mine["their_person"],
                mine["person"], role="rival.administrator", covers=("IncumbencyForm.person",)),
        Attempt(f"/api/v1/posts/{mine['post']}/incumbents/", lambda i: kept_seat | {"person": i}, mine["their_person"],
                mine["person"], role="rival.administrator"),
        Attempt("/api/v1/authorities/", lambda i: kept | {"holder": mine["person"], "delegated_from": i},
                mine["their_above"], mine["above"], role="rival.administrator"),
        Attempt(at, lambda i: finding | {"run": i}, mine["their_run"], mine["run"], covers=("FindingIn.run",), **evaluator),
        Attempt(at.removeprefix("/api/v1") + "new/", lambda i: finding | {"run": i}, mine["their_run"], mine["run"],
                **evaluator),
        Attempt(f"/api/v1/findings/{mine['finding']}/", lambda i: finding | {"run": i, "row_version": 1},
                mine["their_run"], mine["run"], "PUT", covers=("FindingEditIn.run",), **evaluator),
        Attempt(f"/api/v1/findings/{mine['mended']}/moves/retest/", lambda i: {"text": "Tried again.", "run": i},
                mine["their_run"], mine["run"], covers=("RetestIn.run",), **evaluator),
        Attempt(f"/requests/{mine['request']}/own-results/state/", lambda i: claim | {"checkpoint": i},
                mine["their_checkpoint"], str(mine["checkpoint"].pk)),
        Attempt(f"/api/v1/requests/{mine['request']}/own-results/", lambda i: claim | {"checkpoint": i},
                mine["their_checkpoint"], str(mine["checkpoint"].pk)),
        Attempt("/inquiries/new/", lambda i: {"checkpoint": i, "classified_reply": "known"}, mine["their_checkpoint"],
                str(mine["checkpoint"].pk)),
        Attempt("/api/v1/inquiries/", lambda i: {"checkpoint": i, "classified_reply": "known"}, mine["their_checkpoint"],
                str(mine["checkpoint"].pk)),
        Attempt("/notifications/", lambda i: {"notice": i}, mine["notice"], mine["own_notice"]),
        Attempt("/api/v1/notices/", lambda i: {"notice": i}, mine["notice"], mine["own_notice"]),
    ]  # fmt: skip


def _section(data: dict[str, Any]) -> dict[str, Any]:
    return {"row_version": 0, "data": data}


def rows(stage: Stage) -> dict[str, int]:
    """How many rows of each table there are, as somebody who sees all."""
    with rls.context(user=stage.world.staff.pk), connection.cursor() as cursor:
        found = {}
        for model in apps.get_models():
            if issubclass(model, Base) and model._meta.label != "accounts.IdempotencyRecord":
                cursor.execute(f"SELECT count(*) FROM {model._meta.db_table}")
                found[model._meta.label] = cursor.fetchone()[0]
        return found


def test_a_rivals_id_is_answered_as_one_that_never_was(stage: Stage, mine: dict[str, Any]) -> None:
    wrong, before = [], rows(stage)
    template = str(AgreementTemplate.objects.get(key="framework-mou", is_current=True).pk)
    for attempt in attempts(mine, template):
        said, changed = [], []
        for key in (attempt.foreign, str(uuid4())):
            with transaction.atomic():
                answer = ask_with(stage.clients[attempt.role], attempt.method, attempt.path, attempt.body(key))
                changed.append({label: n for label, n in rows(stage).items() if n != before[label]})
                transaction.set_rollback(True)
            said.append((answer.status_code, answer.content.decode().replace(key, "ID").split("<main", 1)[-1]))
        if said[0][0] != said[1][0] or _scrub(said[0][1]) != _scrub(said[1][1]) or changed[0] != changed[1]:
            wrong.append(
                f"{attempt.method} {attempt.path} {json.dumps(attempt.body('ID'), default=str)}: {said} {changed}"
            )
        if set(changed[0]) - DRAFTED:
            wrong.append(f"{attempt.path} wrote {changed[0]}")
        with transaction.atomic():
            answer = ask_with(stage.clients[attempt.role], attempt.method, attempt.path, attempt.body(attempt.own))
            transaction.set_rollback(True)
        stage.clients[attempt.role].cookies.pop("messages", None)  # "Recorded." would stand on the next attempt's page
        if answer.status_code not in ((200, 201) if attempt.path.startswith("/api/") else (302,)):
            wrong.append(f"{attempt.path} with an own id: {answer.status_code}: the attempts prove nothing")
    assert wrong == []


def _scrub(text: str) -> str:
    return re.sub(r'csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|"request_id": ?"[^"]*"', "", text)


def test_a_draft_that_names_a_rivals_rows_is_never_submitted(stage: Stage, mine: dict[str, Any]) -> None:
    client, said = client_for(stage.world.person("basalt", "drafter")), []
    section = f"/api/v1/requests/{mine['request']}/"
    for key in (mine["their_checkpoint"], str(uuid4())):
        with transaction.atomic():
            identity = request_in.sections(mine["checkpoint"])["identity"] | {"checkpoint": key}
            ask_with(client, "PUT", f"{section}sections/identity/", _section(identity))
            answer = ask_with(client, "POST", f"{section}moves/submit/", {})
            transaction.set_rollback(True)
        said.append((answer.status_code, answer.content.decode().replace(key, "ID")))
    assert said[0] == said[1] and said[0][0] == 400


def _subclasses(kind: type) -> set[type]:
    found = set(kind.__subclasses__())
    return found | {deeper for one in found for deeper in _subclasses(one)}


def test_every_field_that_takes_a_row_is_tried(stage: Stage, mine: dict[str, Any]) -> None:
    list(patterns())  # every module of views is loaded
    taken = set()
    for kind in _subclasses(serializers.Serializer):
        if kind.__module__.startswith("tests."):  # a serializer that another test made for itself
            continue
        for name, field in getattr(kind, "_declared_fields", {}).items():
            if isinstance(field, VisibleRelatedField) and not field.read_only:
                taken.add(f"{kind.__name__}.{name}")
            assert not isinstance(field, serializers.PrimaryKeyRelatedField), f"{kind.__name__}.{name} is not scoped"
    choosing = (forms.ModelChoiceField, forms.ModelMultipleChoiceField)
    for form in _subclasses(forms.BaseForm):
        if form.__module__.split(".")[0] in {a.name for a in apps.get_app_configs() if "." not in a.name} - {"allauth"}:
            taken |= {
                f"{form.__name__}.{n}" for n, f in getattr(form, "base_fields", {}).items() if isinstance(f, choosing)
            }
    covered = {field for attempt in attempts(mine, "x") for field in attempt.covers}
    assert taken <= covered, f"try these with a rival's id: {sorted(taken - covered)}"
