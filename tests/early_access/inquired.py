"""Designation inquiries in each state, reached by the real actions."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import Event
from core import rls
from developers import actions as developers
from developers.models import FrontierModel, ModelCheckpoint
from early_access import actions
from early_access.models import Designation, DesignationInquiry
from jobs.models import Job
from jobs.testing import run_due
from notifications.models import Mail, Notice
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.world import World, client_for

DRAFTER, SECURITY, RIVAL = ("aurora", "drafter"), ("aurora", "security"), ("basalt", "drafter")
NSA = ("defense-nsa", "designator")
# People of NSA and of its parent who have no business with it.
COLLEAGUES = (("defense-nsa", "evaluator"), ("defense-nsa", "validator"), ("defense", "router"))
OUTCOMES = list(Designation.Outcome.values)
NOTE = "Trained on code since spring."


def another(world: World, label: str, developer: str = "aurora") -> ModelCheckpoint:
    """One more checkpoint of the developer's model."""
    first = make.checkpoint(world, developer)
    with acting(world.person(developer, "drafter")) as by:
        model = FrontierModel.objects.get(pk=first.model_id)
        return developers.register_checkpoint(
            model=model, label=label, configuration_sha256="cd" * 32, variants=["production"], by=by
        )


def asked(world: World, checkpoint: ModelCheckpoint | None = None, developer: str = "aurora") -> DesignationInquiry:
    row = checkpoint or make.checkpoint(world, developer)
    with acting(world.person(developer, "drafter")) as by:
        return actions.ask(
            developer=world.organisations[developer], checkpoint=row.pk, classified_reply="known", note=NOTE, by=by
        )


def do(world: World, inquiry: DesignationInquiry, verb: str, who: tuple[str, str], **kwargs: Any) -> DesignationInquiry:
    with acting(world.person(*who)) as by:
        row = DesignationInquiry.objects.get(pk=inquiry.pk)
        done: DesignationInquiry = getattr(actions, verb)(inquiry=row, by=by, **kwargs)
        return done


def answer_with(outcome: str) -> dict[str, Any]:
    return {"outcome": outcome, "office": "director", "answered_on": timezone.now().date()}


def at(world: World, state: str, checkpoint: ModelCheckpoint | None = None, **kwargs: Any) -> DesignationInquiry:
    """An inquiry that has come so far, by the real actions."""
    row = asked(world, checkpoint)
    steps = (
        ("submit_inquiry", DRAFTER, {}), ("acknowledge_inquiry", NSA, {}), ("begin_benchmark", NSA, {}),
        ("determine", NSA, answer_with("not_designated") | kwargs),
    )  # fmt: skip
    for name, (verb, who, more) in zip(
        ("submitted", "acknowledged", "under_benchmark", "determined"), steps, strict=True
    ):
        if row.status == state:
            return row
        row = do(world, row, verb, who, **more)
        assert row.status == name
    return row


STEPS = {"acknowledge_inquiry": {}, "begin_benchmark": {}, "determine": answer_with("designated"),
         "close_undetermined": {"because": "no_determination"}}  # fmt: skip
FROM = {"acknowledge_inquiry": "submitted", "begin_benchmark": "acknowledged", "determine": "under_benchmark",
        "close_undetermined": "acknowledged"}  # fmt: skip


def trace(world: World, outcome: str) -> dict[str, Any]:
    """Everything but the inquiry's own page that a reply leaves behind, with names of rows taken out."""
    row = at(world, "under_benchmark")
    with acting(world.person(*NSA)) as by:
        inquiry = DesignationInquiry.objects.get(pk=row.pk)
        with CaptureQueriesContext(connection) as counted:
            actions.determine(inquiry=inquiry, by=by, **answer_with(outcome))
    run_due(kinds=("notifications.tell", "notifications.mail"))
    found: dict[str, Any] = {"statements": len(counted)}
    with acting(world.person(*DRAFTER)) as by:
        found["notices"] = [(n.kind, n.subject) for n in Notice.objects.filter(user=by).order_by("created_at")]
    found["mail"] = sorted((m.subject, m.body) for m in Mail.objects.all())
    with rls.context(user=world.staff.pk):
        found["jobs"] = sorted(str((j.kind, j.payload)) for j in Job.objects.filter(kind="notifications.tell"))
        found["events"] = sorted(
            (e.verb, e.reason) for e in Event.objects.filter(object_id=str(row.pk), verb__startswith="early")
        )
        record = " ".join(f"{e.verb} {e.reason} {e.body}" for e in Event.objects.all())
        assert outcome not in record, "the record that both organisations read does not hold the answer"
    for who in (DRAFTER, NSA):
        client = client_for(world.person(*who))
        for path in ("/inquiries/", "/inbox/", "/search/?q=heron", "/api/v1/inquiries/",
                     f"/api/v1/inquiries/{row.reference}/timeline/"):  # fmt: skip
            with CaptureQueriesContext(connection) as counted:
                said = client.get(path).content.decode()
            found[f"{who} {path}"] = (len(counted), said)
        with CaptureQueriesContext(connection) as counted:
            client.get(f"/inquiries/{row.reference}/")
        found[f"{who} page"] = len(counted)
    words = [outcome, str(Designation.Outcome(outcome).label)]
    text = str(found)
    assert not any(word in text for word in words if outcome != "designated"), "a word of the answer"
    return {scrubbed(key, row): scrubbed(value, row) for key, value in found.items()}


def scrubbed(value: Any, row: DesignationInquiry) -> str:
    text = str(value).replace(row.reference, "REF").replace(str(row.pk), "ID")
    return re.sub(
        r'MDL-[0-9A-Z-]{9}|nonce="[^"]*"|value="[A-Za-z0-9]{64}"|<time.*?</time>|\d{4}-\d\d-\d\dT[0-9:.]+(Z|\+00:00)|'
        r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\d \d\d:\d\d", "", text, flags=re.DOTALL,
    )  # fmt: skip
