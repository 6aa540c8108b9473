"""Nominations of trusted partners in each state, reached by the real actions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from agreements import actions as agreements
from agreements.models import TestingAgreement
from early_access import actions
from early_access.models import VETTING, EarlyAccessRequest, TrustedPartnerNomination
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.world import World

DRAFTER, SECURITY, RIVAL = ("aurora", "drafter"), ("aurora", "security"), ("basalt", "drafter")
INTAKE, ROUTER, OTHER = ("commerce", "intake"), ("commerce", "router"), ("treasury", "router")
NOMINATED = ("nominated", "vetting", "agreed", "terms_signed", "access_active", "suspended")
MET = dict.fromkeys(VETTING, "met")


def accepted(world: World) -> EarlyAccessRequest:
    """Under an agreement, with the release to trusted partners planned for today, so that access can be given."""
    day = make.today()
    return make.accepted(
        world, dates={"trusted_partner_on": str(day), "public_on": str(day + timedelta(days=30))},
        window={"starts_on": str(day), "ends_on": str(day)},
    )  # fmt: skip


def nominate(
    world: World, request: EarlyAccessRequest, who: tuple[str, str] = INTAKE, agency: str = "commerce", **kwargs: Any
) -> TrustedPartnerNomination:
    said = {"name": "Harbor Grid Cooperative", "kind": "operator", "country": "United States", "purpose": "defend",
            "why": "It runs the pumps of three ports.", "access_from": make.today()}  # fmt: skip
    with acting(world.person(*who)) as by:
        row = EarlyAccessRequest.objects.get(pk=request.pk)
        return actions.nominate(request=row, agency=world.agency(agency), by=by, **said | kwargs)


def do(
    world: World, row: TrustedPartnerNomination, verb: str, who: tuple[str, str], **kwargs: Any
) -> TrustedPartnerNomination:
    with acting(world.person(*who)) as by:
        found = TrustedPartnerNomination.objects.get(pk=row.pk)
        if verb in ("consent_to_partner", "save_vetting"):
            kwargs.setdefault("row_version", found.row_version)
        done: TrustedPartnerNomination = getattr(actions, verb)(nomination=found, by=by, **kwargs)
        return done


def terms(world: World) -> dict[str, Any]:
    with acting(world.person(*DRAFTER)):
        found = TestingAgreement.objects.filter(status="in_force", parties__organisation__slug="commerce").first()
        assert found is not None
        return {"agreement": found.reference, "signed_on": make.today()}


def at(world: World, state: str, request: EarlyAccessRequest | None = None, **kwargs: Any) -> TrustedPartnerNomination:
    """A nomination of Commerce's that has come so far, by the real actions."""
    row = nominate(world, request or accepted(world), **kwargs)
    if state == "nominated":
        return row
    do(world, row, "begin_vetting", SECURITY)
    if state == "vetting":
        return do(world, row, "save_vetting", ROUTER, checks=MET, note="Read their certificate.")
    do(world, row, "save_vetting", ROUTER, checks=MET, note="Read their certificate.")
    do(world, row, "consent_to_partner", INTAKE)
    row = do(world, row, "consent_to_partner", DRAFTER)
    steps = (
        ("agreed", None, {}), ("terms_signed", "record_terms", terms(world)), ("access_active", "activate_partner", {}),
        ("suspended", "suspend_partner", {"reason": "A test of ours."}),
    )  # fmt: skip
    for name, verb, more in steps:
        if verb:
            row = do(world, row, verb, DRAFTER, **more)
        assert row.status == name
        if name == state:
            return row
    raise AssertionError(state)


def agreement(row: TrustedPartnerNomination, world: World, verb: str, who: tuple[str, str], **kwargs: Any) -> None:
    with acting(world.person(*who)) as by:
        found = TestingAgreement.objects.get(pk=row.agreement_id)
        getattr(agreements, verb)(agreement=found, by=by, **kwargs)


def seen(world: World, row: TrustedPartnerNomination) -> TrustedPartnerNomination:
    with acting(world.person(*DRAFTER)):
        return TrustedPartnerNomination.objects.get(pk=row.pk)


def pk(world: World, url: str) -> Any:
    with acting(world.person(*DRAFTER)):
        return TrustedPartnerNomination.objects.get(reference=url.split("/")[2]).pk
