"""Requests in each state, reached by the real actions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from agreements.models import TestingAgreement
from developers import actions as developers
from developers.models import ModelCheckpoint
from early_access import actions
from early_access.models import EarlyAccessRequest
from jobs import kinds
from tests.agreements.factories import acting, in_force
from tests.world import World

SECRET = "sk-aurora-7f3b9d21-canary"
AGENCIES = ("commerce-caisi", "treasury")

if "evaluations.route" not in kinds.KINDS:  # until that room is installed
    kinds.register("evaluations.route", finish="tests.early_access.factories.routed")


def routed(job: Any, _: Any = None) -> None:
    """Stands in for the routing room."""


def today() -> date:
    """The day of the rules."""
    return timezone.now().date()


def checkpoint(world: World, developer: str = "aurora") -> ModelCheckpoint:
    """A registered model and checkpoint: the developer's first, if it has one."""
    with acting(world.person(developer, "drafter")) as by:
        known = ModelCheckpoint.objects.visible_to(by).first()
        if known is not None:
            return known
        model = developers.register_model(developer=world.organisations[developer], codename="Heron", by=by)
        return developers.register_checkpoint(
            model=model,
            label="heron-rc1",
            configuration_sha256="ab" * 32,
            variants=["production", "helpful_only"],
            by=by,
        )


def sections(row: ModelCheckpoint, **changes: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Complete sections; changes replace values in a section."""
    day = today()
    filled: dict[str, dict[str, Any]] = {
        "identity": {"track": "eo_3b2", "model": str(row.model_id), "checkpoint": str(row.pk)},
        "variants": {"variants": ["production"]},
        "dates": {"trusted_partner_on": str(day + timedelta(days=60)), "public_on": str(day + timedelta(days=90))},
        "window": {"starts_on": str(day), "ends_on": str(day + timedelta(days=29))},
        "access": {
            "method": "openai_compatible_api", "base_url": "https://models.aurora.example/v1",
            "dialect": "chat_completions", "model_name": "heron-preview", "tools": True, "streaming": True,
            "requests_per_minute": 60,
        },
        "domains": {"domains": ["cybersecurity"], "access_level": "1"},
        "agencies": {"agencies": list(AGENCIES)},
        "credential": {"secret": SECRET},
        "confidentiality": {"scope": "everything", "statement": "Rivals would learn of an unreleased model."},
        "contacts": {"incident_name": "Rafael Ito", "incident_email": "incident@aurora.example"},
    }  # fmt: skip
    for name, values in changes.items():
        filled[name] |= values
    return filled


def draft(world: World, developer: str = "aurora", **changes: dict[str, Any]) -> EarlyAccessRequest:
    """A filled draft under an agreement in force: the developer's, if it has one."""
    with acting(world.person(developer, "drafter")) as by:
        known = TestingAgreement.objects.visible_to(by).filter(status="in_force").exists()
    if not known:
        in_force(world, ("treasury", "commerce"), developer)
    row = checkpoint(world, developer)
    with acting(world.person(developer, "drafter")) as by:
        request = actions.create(developer=world.organisations[developer], by=by)
        for name, data in sections(row, **changes).items():
            actions.save_section(request=request, section=name, data=data, row_version=0, by=by)
    return request


def submitted(world: World, developer: str = "aurora", **changes: dict[str, Any]) -> EarlyAccessRequest:
    """Submitted."""
    request = draft(world, developer, **changes)
    with acting(world.person(developer, "drafter")) as by:
        return actions.submit(request=request, by=by)


def accepted(world: World, **changes: dict[str, Any]) -> EarlyAccessRequest:
    """Acknowledged and accepted for testing."""
    request = submitted(world, **changes)
    with acting(world.person("commerce", "intake")) as by:
        actions.acknowledge(request=request, by=by)
        return actions.accept(request=request, by=by)


def scheduled(world: World, **changes: dict[str, Any]) -> EarlyAccessRequest:
    """Both sides agreed on the developer's dates."""
    request = accepted(world, **changes)
    with acting(world.person("commerce", "intake")) as by:
        return actions.confirm_schedule(request=request, by=by)


def opened(world: World, **changes: dict[str, Any]) -> EarlyAccessRequest:
    """The clock opened the window."""
    from jobs.testing import run_due

    request = scheduled(world, **changes)
    run_due(kinds=("early_access.open_window",))
    return seen(world, request)


def seen(world: World, request: EarlyAccessRequest, who: tuple[str, str] = ("aurora", "drafter")) -> EarlyAccessRequest:
    """The row as somebody reads it now."""
    with acting(world.person(*who)) as by:
        return EarlyAccessRequest.objects.visible_to(by).select_related("window").get(pk=request.pk)
