"""Trusted partners: nominated by either side, two consents or a reason, terms under an agreement; nobody else reads of it."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Membership
from agreements import actions as agreements
from agreements.models import AgreementParty, TestingAgreement
from core import rls
from core.decisions import Conflict, Invalid, Refused
from early_access import actions, partners
from early_access.actions import partnering
from early_access.models import VETTING, EarlyAccessRequest, TrustedPartner, TrustedPartnerNomination
from early_access.rules.partners import access_problems
from early_access.workflow import PARTNER_OPEN, TRUSTED_PARTNER
from tests.agreements.factories import acting
from tests.agreements.factories import in_force as agreement_in_force
from tests.early_access import factories as make
from tests.early_access.test_keys import told
from tests.world import World, client_for

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


@pytest.mark.parametrize("state", NOMINATED)
def test_the_developer_ends_it_in_one_step_from_every_open_state(world: World, state: str) -> None:
    row = at(world, state)
    assert do(world, row, "end_partner", SECURITY).status == "ended"
    earlier = {"access_active": 1, "suspended": 2}.get(state, 0)
    assert told(world, "partner_access", *INTAKE) == earlier + 1
    with pytest.raises(Refused):
        do(world, row, "end_partner", SECURITY)


def test_an_agency_takes_back_what_it_nominated_and_nothing_else(world: World) -> None:
    request = accepted(world)
    mine = nominate(world, request)
    assert do(world, mine, "end_partner", INTAKE).status == "ended"
    theirs = nominate(world, request, DRAFTER)
    with pytest.raises(Refused, match="what it nominated itself") as refused:
        do(world, theirs, "end_partner", INTAKE)
    assert refused.value.decision.who_can == "You can say that you do not agree."
    do(world, theirs, "end_partner", DRAFTER)
    agreed = at(world, "agreed", request)
    with pytest.raises(Refused) as refused:
        do(world, agreed, "end_partner", INTAKE)
    assert refused.value.decision.who_can == "You can take your consent back."


def test_terms_hang_on_an_agreement_in_force_between_both_sides(world: World) -> None:
    row = at(world, "agreed")
    foreign = agreement_in_force(world, ("treasury",), "aurora").reference
    rivals = agreement_in_force(world, ("commerce",), "basalt").reference
    good = terms(world)
    for wrong, field in (
        ({"agreement": foreign}, "agreement"), ({"agreement": rivals}, "agreement"), ({"agreement": "AGR-0"}, "agreement"),
        ({"signed_on": make.today() + timedelta(days=1)}, "signed_on"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            do(world, row, "record_terms", DRAFTER, **good | wrong)
        assert [p.field for p in refused.value.problems] == [field]
    form = client_for(world.person(*INTAKE)).get(f"/partners/{row.reference}/terms/").content.decode()
    assert good["agreement"] in form and foreign not in form and rivals not in form
    do(world, row, "record_terms", INTAKE, **good)
    with pytest.raises(Refused):
        do(world, row, "record_terms", INTAKE, **good)


def test_no_access_before_its_day(world: World) -> None:
    request = accepted(world)
    row = at(world, "terms_signed", request, access_from=make.today() + timedelta(days=2))
    with pytest.raises(Refused, match="Access was agreed from"):
        do(world, row, "activate_partner", DRAFTER)


def _agreement(row: TrustedPartnerNomination, world: World, verb: str, who: tuple[str, str], **kwargs: Any) -> None:
    with acting(world.person(*who)) as by:
        found = TestingAgreement.objects.get(pk=row.agreement_id)
        getattr(agreements, verb)(agreement=found, by=by, **kwargs)


def test_access_rests_and_ends_with_the_agreement(world: World) -> None:
    row = at(world, "access_active")
    counsel = ("commerce", "counsel")
    _agreement(row, world, "suspend", counsel, reason="A question.")
    rests = _seen(world, row)
    assert (rests.status, rests.suspended_for_id) == ("suspended", None)
    with pytest.raises(Refused, match="Access rests with the agreement"):
        do(world, row, "resume_partner", DRAFTER)
    _agreement(row, world, "resume", counsel)
    assert _seen(world, row).status == "access_active"
    do(world, row, "suspend_partner", INTAKE, reason="Ours.")
    _agreement(row, world, "suspend", counsel, reason="A question.")
    _agreement(row, world, "resume", counsel)
    assert _seen(world, row).status == "suspended", "the agency suspended it itself"
    with pytest.raises(Refused, match="side that suspended access"):
        do(world, row, "resume_partner", DRAFTER)
    _agreement(row, world, "suspend", counsel, reason="A question.")
    assert do(world, row, "resume_partner", INTAKE).status == "suspended", "now it rests with the agreement"
    _agreement(row, world, "resume", counsel)
    assert _seen(world, row).status == "access_active"
    _agreement(row, world, "terminate", ("aurora", "counsel"), reason="Leaving.")
    assert _seen(world, row).status == "access_active", "until the notice is over"
    with acting(world.person("aurora", "counsel")):
        TestingAgreement.objects.filter(pk=row.agreement_id).update(terminates_on=make.today())
        agreements.end_notice(agreement=TestingAgreement.objects.get(pk=row.agreement_id))
    ended = _seen(world, row)
    assert ended.status == "ended" and "has ended for these parties" in ended.reason


def test_terms_move_to_the_agreement_that_replaces_theirs_and_end_with_the_agencys_part(world: World) -> None:
    row = at(world, "access_active")
    after = agreement_in_force(world, ("commerce", "treasury"), "aurora")
    with acting(world.person(*DRAFTER)):
        TestingAgreement.objects.filter(pk=after.pk).update(replaces=row.agreement_id)
        TestingAgreement.objects.filter(pk=row.agreement_id).update(status="superseded")
        partnering.follow_agreement(TestingAgreement.objects.get(pk=row.agreement_id), None)
    moved = _seen(world, row)
    assert (moved.status, moved.agreement_id) == ("access_active", after.pk)
    with acting(world.person(*INTAKE)):
        AgreementParty.objects.filter(target=after, organisation=world.agency("commerce")).update(
            leaving_since=timezone.now(), leaves_on=make.today(), left_at=timezone.now()
        )
        partnering.follow_agreement(TestingAgreement.objects.get(pk=after.pk), None)
    assert _seen(world, row).status == "ended"


def _seen(world: World, row: TrustedPartnerNomination) -> TrustedPartnerNomination:
    with acting(world.person(*DRAFTER)):
        return TrustedPartnerNomination.objects.get(pk=row.pk)


@pytest.mark.parametrize("state", NOMINATED)
def test_a_withdrawn_request_takes_its_nominations_along(world: World, state: str) -> None:
    row = at(world, state)
    with acting(world.person(*DRAFTER)) as by:
        actions.withdraw(request=EarlyAccessRequest.objects.get(pk=row.request_id), by=by)
    ended = _seen(world, row)
    assert (ended.status, ended.reason) == ("ended", "The developer withdrew the request.")


def test_denials_are_counted_per_agency_for_administrators_and_name_nobody(world: World) -> None:
    request = accepted(world)
    for name, denial in (("One", "ownership"), ("Two", "ownership"), ("=Three()", "no_need")):
        row = nominate(world, request, name=name)
        do(world, row, "decline_partner", SECURITY, denial=denial, reason="Said elsewhere.")
    at(world, "agreed", request, name="Four")
    theirs = nominate(world, request, OTHER, "treasury", name="Five")
    do(world, theirs, "decline_partner", DRAFTER, denial="terms", reason="Other terms.")
    commerce, aurora = (
        client_for(world.person("commerce", "administrator")),
        client_for(world.person("aurora", "administrator")),
    )
    (row_,) = commerce.get("/api/v1/partners/denials/").json()["results"]
    assert (row_["agency"], row_["nominated"], row_["agreed"], row_["not_agreed"]) == (
        "Department of Commerce",
        4,
        1,
        3,
    )
    assert (row_["reasons"]["ownership"], row_["reasons"]["no_need"], row_["reasons"]["terms"]) == (2, 1, 0)
    assert [r["agency"] for r in aurora.get("/api/v1/partners/denials/").json()["results"]] == [
        "Department of Commerce", "Department of the Treasury",
    ]  # fmt: skip
    for client in (commerce, aurora):
        page = client.get("/partners/denials/").content.decode()
        file = client.get("/partners/denials.csv").content.decode()
        for word in ("Three", "Four", "Said elsewhere", "Aurora Cognition"):
            assert word not in page.split("<main", 1)[1] and word not in file
    head, *lines = csv.reader(io.StringIO(commerce.get("/partners/denials.csv").content.decode()))
    assert head[:4] == ["Agency", "Nominated", "Agreed", "Not agreed"] and lines == [
        ["Department of Commerce", "4", "1", "3", "1", "2", "0", "0", "0", "0"]
    ]
    rival = client_for(world.person("basalt", "administrator"))
    assert rival.get("/api/v1/partners/denials/").json()["results"] == []
    assert "Counts stand here once" in rival.get("/partners/denials/").content.decode()
    assert client_for(world.person(*DRAFTER)).get("/partners/denials/").status_code == 403
    staff = client_for(world.staff)
    with rls.context(user=world.staff.pk):
        chosen = [str(pk) for pk in TrustedPartnerNomination.objects.values_list("pk", flat=True)]
    sent = staff.post("/admin/early_access/trustedpartnernomination/", {"action": "counts", "_selected_action": chosen})
    assert sent.status_code == 200 and b"Department of the Treasury,1,0,1" in sent.content
    assert staff.get("/admin/early_access/trustedpartner/add/").status_code == 403


def test_every_state_has_its_words() -> None:
    assert set(partners.WHOSE) == set(TRUSTED_PARTNER.by_name)
    assert {m.target for m in TRUSTED_PARTNER.moves if m.name == "consent"} == {"agreed"}
    assert set(NOMINATED) == set(PARTNER_OPEN)
    assert not any("approv" in f"{s.name} {s.label}".lower() for s in TRUSTED_PARTNER.states)


def test_over_http(world: World) -> None:
    request = accepted(world)
    officer, developer = client_for(world.person(*INTAKE)), client_for(world.person(*DRAFTER))
    where = f"/requests/{request.reference}/partners/nominate/"
    form = developer.get(where).content.decode()
    assert "Department of the Treasury" in form and "The partner is not told by Concord." in form
    assert "Department of the Treasury" not in officer.get(where).content.decode().split("<main", 1)[1]
    typed = {"agency": "commerce", "name": "Harbor Grid Cooperative", "kind": "operator", "country": "United States",
             "purpose": "defend", "why": "Pumps.", "access_from": str(make.today())}  # fmt: skip
    bad = officer.post(where, typed | {"access_from": "2020-01-01"})
    assert "Choose that day or a later one" in bad.content.decode() and "Pumps." in bad.content.decode()
    url = officer.post(where, typed)["Location"]
    assert (
        url in developer.get("/partners/").content.decode()
        and url in developer.get(f"/requests/{request.reference}/").content.decode()
    )
    assert developer.post(f"{url}move/begin_vetting/").status_code == 302
    assert developer.post(f"{url}move/begin_vetting/").status_code == 403
    assert developer.post(f"{url}move/approve/").status_code == 404
    assert developer.get(f"{url}consent/").status_code == 403
    version = _seen(world, TrustedPartnerNomination(pk=_pk(world, url))).row_version
    assert (
        officer.post(f"{url}vetting/", MET | {"row_version": version, "note": "Certificate read."}).status_code == 302
    )
    assert officer.post(f"{url}vetting/", MET | {"row_version": version, "note": "Old tab."}).status_code == 409
    assert "Certificate read." in developer.get(f"{url}consent/").content.decode()
    assert "Tick this to consent" in developer.post(f"{url}consent/", {"row_version": version + 1}).content.decode()
    stale = developer.post(f"{url}consent/", {"row_version": version, "consent": "on"})
    assert stale.status_code == 409 and "Read it again" in stale.content.decode()
    assert developer.post(f"{url}consent/", {"row_version": version + 1, "consent": "on"}).status_code == 302
    assert developer.get(f"{url}take-back/").status_code == 200
    assert officer.post(f"{url}consent/", {"row_version": version + 2, "consent": "on"}).status_code == 302
    signed = {key: str(value) for key, value in terms(world).items()}
    assert "Choose an agreement" in officer.post(f"{url}terms/", signed | {"agreement": ""}).content.decode()
    assert officer.post(f"{url}terms/", signed).status_code == 302
    assert developer.post(f"{url}move/activate/").status_code == 302
    assert "Write the reason" in officer.post(f"{url}suspend/", {"text": ""}).content.decode()
    assert officer.post(f"{url}suspend/", {"text": "An incident at the partner."}).status_code == 302
    assert "Suspended by Department of Commerce." in developer.get(url).content.decode()
    assert officer.post(f"{url}move/resume/").status_code == 302
    assert developer.post(f"{url}end/", {"text": ""}).status_code == 302
    assert developer.get(f"{url}end/").status_code == 403


def _pk(world: World, url: str) -> Any:
    with acting(world.person(*DRAFTER)):
        return TrustedPartnerNomination.objects.get(reference=url.split("/")[2]).pk


def test_over_the_api(world: World) -> None:
    request, kind = accepted(world), {"content_type": "application/json"}
    officer, developer, rival = (client_for(world.person(*who)) for who in (INTAKE, DRAFTER, RIVAL))
    where = f"/api/v1/requests/{request.reference}/partners/"
    body = {"agency": "commerce", "name": "Harbor Grid", "kind": "operator", "country": "United States",
            "purpose": "find", "why": "Pumps.", "access_from": str(make.today())}  # fmt: skip
    assert rival.post(where, body, **kind).status_code == 404
    assert developer.post(where, body | {"agency": "homeland"}, **kind).status_code == 400
    made = developer.post(where, body, **kind)
    assert (made.status_code, made.json()["nominated_by_developer"]) == (201, True)
    path = f"/api/v1/partners/{made.json()['reference']}/"
    assert rival.get(path).status_code == 404 and rival.get("/api/v1/partners/").json()["results"] == []
    assert [r["reference"] for r in officer.get(where).json()["results"]] == [made.json()["reference"]]
    assert officer.post(f"{path}moves/begin_vetting/", {}, **kind).json()["status"] == "vetting"
    vetted = officer.put(f"{path}vetting/", {"row_version": 2, "checks": MET, "note": "Read."}, **kind)
    assert vetted.json()["checks"] == MET
    assert officer.post(f"{path}moves/consent/", {"row_version": 2}, **kind).status_code == 409
    first = officer.post(f"{path}moves/consent/", {"row_version": vetted.json()["row_version"]}, **kind).json()
    assert first["agency_consented_at"] and first["status"] == "vetting"
    assert officer.post(f"{path}moves/take_consent_back/", {}, **kind).json()["agency_consented_at"] is None
    for client in (officer, developer):
        said = client.post(f"{path}moves/consent/", {"row_version": client.get(path).json()["row_version"]}, **kind)
    assert said.json()["status"] == "agreed"
    signed = {key: str(value) for key, value in terms(world).items()}
    assert developer.post(f"{path}moves/record_terms/", signed, **kind).json()["agreement"] == signed["agreement"]
    assert officer.post(f"{path}moves/activate/", {}, **kind).status_code == 403
    assert developer.post(f"{path}moves/activate/", {}, **kind).json()["active_at"]
    assert developer.post(f"{path}moves/suspend/", {"reason": "Ours."}, **kind).json()["status"] == "suspended"
    assert officer.post(f"{path}moves/resume/", {}, **kind).status_code == 403
    assert developer.post(f"{path}moves/resume/", {}, **kind).json()["status"] == "access_active"
    assert officer.post(f"{path}moves/revoke/", {}, **kind).json()["status"] == "revoked"
    assert developer.post(f"{path}moves/end/", {}, **kind).status_code == 403
    assert len(officer.get(f"{path}timeline/").json()["results"]) >= 9


@pytest.mark.parametrize("who", [DRAFTER, INTAKE])
def test_query_counts(world: World, who: tuple[str, str]) -> None:
    request = accepted(world)
    row = nominate(world, request)
    client, counts = client_for(world.person(*who)), []
    for number in range(2):
        client.get("/partners/")
        with CaptureQueriesContext(connection) as counted:
            assert client.get("/partners/").status_code == 200
        counts.append(len(counted))
        for n in range(3):
            nominate(world, request, name=f"Partner {number} {n}")
    assert counts[0] == counts[1] <= 22, counts
    with CaptureQueriesContext(connection) as counted:
        assert client.get(f"/partners/{row.reference}/").status_code == 200
    assert len(counted) <= 36, len(counted)
