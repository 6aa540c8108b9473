"""Trusted partners: nominated by either side, vetted, consented to by both or declined with a reason."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from accounts.models import Membership
from core import rls
from core.decisions import Conflict, Invalid, Refused
from early_access import actions
from early_access.models import EarlyAccessRequest, TrustedPartner, TrustedPartnerNomination
from early_access.rules.partners import access_problems
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.early_access.nominations import (
    DRAFTER,
    INTAKE,
    MET,
    OTHER,
    RIVAL,
    ROUTER,
    SECURITY,
    accepted,
    at,
    do,
    nominate,
    terms,
)
from tests.early_access.test_keys import told
from tests.world import World, client_for


def test_an_agency_nominates_both_consent_and_access_is_given_under_signed_terms(world: World) -> None:
    row = nominate(world, accepted(world))
    assert (told(world, "partner_nominated", *DRAFTER), told(world, "partner_nominated", *OTHER)) == (1, 0)
    assert "The other side takes up the vetting" in client_for(world.person(*SECURITY)).get("/inbox/").content.decode()
    with pytest.raises(Refused, match="side that did not nominate"):
        do(world, row, "begin_vetting", INTAKE)
    do(world, row, "begin_vetting", SECURITY)
    with pytest.raises(Refused, match="The vetting is not finished"):
        do(world, row, "consent_to_partner", INTAKE)
    do(world, row, "save_vetting", SECURITY, checks=MET, note="")
    do(world, row, "consent_to_partner", SECURITY)
    with pytest.raises(Refused, match="Your side has consented"):
        do(world, row, "consent_to_partner", DRAFTER)
    agreed = do(world, row, "consent_to_partner", ROUTER)
    assert (agreed.status, agreed.developer_consented_by, agreed.agency_consented_by) == (
        "agreed", world.person(*SECURITY), world.person(*ROUTER),
    )  # fmt: skip
    signed = do(world, row, "record_terms", INTAKE, **terms(world))
    assert (signed.status, signed.agreement is not None) == ("terms_signed", True)
    with pytest.raises(Refused, match="The developer gives access"):
        do(world, row, "activate_partner", INTAKE)
    active = do(world, row, "activate_partner", DRAFTER)
    assert active.status == "access_active" and active.active_at
    for who in (INTAKE, DRAFTER):
        page = client_for(world.person(*who)).get(f"/partners/{row.reference}/").content.decode()
        assert "Harbor Grid Cooperative" in page and "Access active" in page
        assert "approved" not in page.lower()


def test_a_developer_nominates_with_one_agency_of_the_request(world: World) -> None:
    request = accepted(world)
    row = nominate(world, request, DRAFTER, "treasury", name="Quarry Research Institute", kind="research")
    assert row.nominator == world.aurora
    with acting(world.person(*INTAKE)):
        assert not TrustedPartnerNomination.objects.exists(), "with Treasury, not with Commerce"
    do(world, row, "begin_vetting", OTHER)
    for agency in ("homeland", "defense"):
        with pytest.raises(Invalid) as refused:
            nominate(world, request, DRAFTER, agency)
        assert refused.value.problems[0].field == "agency"
    with pytest.raises(Invalid):
        nominate(world, request, OTHER, "commerce")


def test_rivals_and_other_agencies_find_nothing(world: World) -> None:
    row = at(world, "access_active")
    for who in (RIVAL, OTHER, ("homeland", "router"), ("commerce-caisi", "evaluator")):
        with acting(world.person(*who)) as by:
            assert not TrustedPartnerNomination.objects.exists() and not TrustedPartner.objects.exists(), who
            assert not TrustedPartnerNomination.objects.visible_to(by).exists()
        client = client_for(world.person(*who))
        for path in ("", "vetting/", "consent/", "take-back/", "decline/", "terms/", "suspend/", "revoke/", "end/"):
            assert client.get(f"/partners/{row.reference}/{path}").status_code == 404, (who, path)
        assert client.post(f"/partners/{row.reference}/move/resume/").status_code == 404
        for path in ("/partners/", "/inbox/", f"/search/?q={row.reference}", "/api/v1/partners/"):
            text = client.get(path, follow=True).content.decode()
            assert "Harbor" not in text and f"/partners/{row.reference}" not in text, (who, path)
    with acting(world.person(*OTHER)):
        request = EarlyAccessRequest.objects.get(pk=row.request_id)
    page = client_for(world.person(*OTHER)).get(f"/requests/{request.reference}/").content.decode()
    assert "Trusted partners" in page and "Harbor" not in page, "an agency of the same request reads nothing of it"
    assert client_for(world.person(*RIVAL)).get(f"/requests/{request.reference}/partners/nominate/").status_code == 404


def test_who_may_nominate_and_when(world: World) -> None:
    request = make.submitted(world)
    with pytest.raises(Refused, match="once the request is accepted"):
        nominate(world, request)
    with acting(world.person(*INTAKE)) as by:
        actions.acknowledge(request=request, by=by)
        actions.accept(request=request, by=by)
    day = request.trusted_partner_on
    for who in (("aurora", "counsel"), ("commerce", "counsel"), ("commerce-caisi", "evaluator")):
        with pytest.raises(Refused, match="Your role"):
            nominate(world, request, who, access_from=day)
    with pytest.raises(EarlyAccessRequest.DoesNotExist):
        nominate(world, request, RIVAL)
    for wrong, field in (
        ({"access_from": day - timedelta(days=1)}, "access_from"), ({"name": " "}, "name"), ({"kind": "friend"}, "kind"),
        ({"country": ""}, "country"), ({"purpose": "win"}, "purpose"), ({"why": "x" * 401}, "why"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            nominate(world, request, **{"access_from": day} | wrong)
        assert [p.field for p in refused.value.problems] == [field]
    first = nominate(world, request, access_from=day)
    with pytest.raises(Invalid, match=f"nominated for this request already: {first.reference}"):
        nominate(world, request, DRAFTER, access_from=day, name="harbor grid cooperative")
    with pytest.raises(Invalid, match="known to both sides as"):
        nominate(world, request, access_from=day, kind="security")


def test_a_partners_day_lies_after_the_agencies_window() -> None:
    day = make.today()

    def said(access: Any, partner: Any, window: Any) -> list[str]:
        return [p.field for p in access_problems(access, trusted_partner_on=partner, window_ends_on=window)]

    assert said(day, day, day) == said(day, None, None) == []
    assert said(None, day, day) == said(day, day + timedelta(days=1), None) == ["access_from"]
    assert said(day, None, day + timedelta(days=1)) == ["access_from"], "a window that was lengthened"


def test_what_was_vetted_is_what_is_consented_to(world: World) -> None:
    row = at(world, "vetting")
    do(world, row, "consent_to_partner", INTAKE)
    stale = do(world, row, "save_vetting", SECURITY, checks=MET, note="Read it too.")
    assert stale.agency_consented_at is None, "the consent was given to other findings"
    assert told(world, "partner_vetting", *INTAKE) == 2
    with pytest.raises(Conflict, match="changed while you had it open"):
        do(world, row, "consent_to_partner", DRAFTER, row_version=stale.row_version - 1)
    with pytest.raises(Conflict):
        do(world, row, "save_vetting", ROUTER, checks=MET, note="Else.", row_version=1)
    same = do(world, row, "save_vetting", ROUTER, checks=MET, note="Read it too.", row_version=1)
    assert same.row_version == stale.row_version, "the same twice changes nothing"
    do(world, row, "save_vetting", ROUTER, checks=MET | {"insider_risk": "not_met"}, note="")
    with pytest.raises(Refused, match="who inside reaches the model” is not met"):
        do(world, row, "consent_to_partner", DRAFTER)
    with pytest.raises(Invalid) as refused:
        do(world, row, "save_vetting", ROUTER, checks=MET | {"use": "87 %"}, note="")
    assert [p.field for p in refused.value.problems] == ["use"]


def test_two_consents_are_of_two_organisations_and_two_people(world: World) -> None:
    row = at(world, "vetting")
    both = world.person(*DRAFTER)
    with rls.context(user=both.pk, actor="system:test", organisations=(world.agency("commerce").pk,)):
        Membership.objects.create(user=both, organisation=world.agency("commerce"), roles=["intake"])
    do(world, row, "consent_to_partner", DRAFTER)
    with pytest.raises(Refused, match="Your side has consented"):
        do(world, row, "consent_to_partner", DRAFTER)
    with acting(world.person(*SECURITY)):
        for wrong in (
            {"status": "agreed"}, {"agency_consented_at": timezone.now()},
            {"agency_consented_at": timezone.now(), "agency_consented_by": both},
        ):  # fmt: skip
            with pytest.raises(IntegrityError), transaction.atomic():
                TrustedPartnerNomination.objects.filter(pk=row.pk).update(**wrong)
        with pytest.raises(DatabaseError, match="cannot go"), transaction.atomic():
            TrustedPartnerNomination.objects.filter(pk=row.pk).update(status="access_active")


def test_a_consent_is_taken_back_before_the_other_and_can_be_given_again(world: World) -> None:
    row = at(world, "vetting")
    do(world, row, "consent_to_partner", SECURITY)
    with pytest.raises(Refused, match="has not consented"):
        do(world, row, "take_consent_back", INTAKE)
    back = do(world, row, "take_consent_back", DRAFTER)
    assert (back.status, back.developer_consented_at) == ("vetting", None)
    with pytest.raises(Refused):
        do(world, row, "take_consent_back", DRAFTER)
    do(world, row, "consent_to_partner", INTAKE)
    assert do(world, row, "consent_to_partner", DRAFTER).status == "agreed"


@pytest.mark.parametrize("who", [DRAFTER, INTAKE])
@pytest.mark.parametrize("state", ["agreed", "terms_signed", "access_active", "suspended"])
def test_either_side_takes_its_consent_back_at_once(world: World, state: str, who: tuple[str, str]) -> None:
    row = at(world, state)
    client = client_for(world.person(*who))
    url = f"/partners/{row.reference}/revoke/"
    assert "nobody’s leave, and no reason" in client.get(url).content.decode()
    assert client.post(url, {"text": ""}).status_code == 302
    assert client.post(url, {"text": ""}).status_code == 403, "a second press"
    with acting(world.person(*DRAFTER)):
        assert TrustedPartnerNomination.objects.get(pk=row.pk).status == "revoked"
    for verb, more in (("activate_partner", {}), ("resume_partner", {}), ("suspend_partner", {"reason": "x"})):
        with pytest.raises(Refused):
            do(world, row, verb, DRAFTER, **more)
    with acting(world.person(*DRAFTER)):
        request = EarlyAccessRequest.objects.get(pk=row.request_id)
    assert nominate(world, request).status == "nominated", "it can be nominated again"


@pytest.mark.parametrize("who", [SECURITY, ROUTER])
@pytest.mark.parametrize("state", ["nominated", "vetting"])
def test_either_side_may_not_agree_and_says_why(world: World, state: str, who: tuple[str, str]) -> None:
    row = at(world, state)
    for wrong, field in (
        ({"denial": "rating"}, "denial"),
        ({"reason": " "}, "reason"),
        ({"reason": "x" * 4001}, "reason"),
    ):
        with pytest.raises(Invalid) as refused:
            do(
                world,
                row,
                "decline_partner",
                who,
                **{"denial": "ownership", "reason": "Its owner is not known."} | wrong,
            )
        assert [p.field for p in refused.value.problems] == [field]
    denied = do(world, row, "decline_partner", who, denial="ownership", reason="Its owner is not known.")
    assert denied.status == "not_agreed"
    page = client_for(world.person(*(INTAKE if who == SECURITY else DRAFTER))).get(f"/partners/{row.reference}/")
    assert "Its owner is not known." in page.content.decode()
    with pytest.raises(Refused):
        do(world, row, "decline_partner", who, denial="ownership", reason="Again.")
