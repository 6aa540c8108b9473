"""Trusted partners: how a nomination ends, terms under an agreement, access, what is counted, pages and programs."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agreements import actions as agreements
from agreements.models import AgreementParty, TestingAgreement
from core import rls
from core.decisions import Invalid, Refused
from early_access import actions, partners
from early_access.actions import partnering
from early_access.models import EarlyAccessRequest, TrustedPartnerNomination
from early_access.workflow import PARTNER_OPEN, TRUSTED_PARTNER
from tests.agreements.factories import acting
from tests.agreements.factories import in_force as agreement_in_force
from tests.early_access import factories as make
from tests.early_access.nominations import (
    DRAFTER,
    INTAKE,
    MET,
    NOMINATED,
    OTHER,
    RIVAL,
    SECURITY,
    accepted,
    agreement,
    at,
    do,
    nominate,
    pk,
    seen,
    terms,
)
from tests.early_access.test_keys import told
from tests.world import World, client_for


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


def test_access_rests_and_ends_with_the_agreement(world: World) -> None:
    row = at(world, "access_active")
    counsel = ("commerce", "counsel")
    agreement(row, world, "suspend", counsel, reason="A question.")
    rests = seen(world, row)
    assert (rests.status, rests.suspended_for_id) == ("suspended", None)
    with pytest.raises(Refused, match="Access rests with the agreement"):
        do(world, row, "resume_partner", DRAFTER)
    agreement(row, world, "resume", counsel)
    assert seen(world, row).status == "access_active"
    do(world, row, "suspend_partner", INTAKE, reason="Ours.")
    agreement(row, world, "suspend", counsel, reason="A question.")
    agreement(row, world, "resume", counsel)
    assert seen(world, row).status == "suspended", "the agency suspended it itself"
    with pytest.raises(Refused, match="side that suspended access"):
        do(world, row, "resume_partner", DRAFTER)
    agreement(row, world, "suspend", counsel, reason="A question.")
    assert do(world, row, "resume_partner", INTAKE).status == "suspended", "now it rests with the agreement"
    agreement(row, world, "resume", counsel)
    assert seen(world, row).status == "access_active"
    agreement(row, world, "terminate", ("aurora", "counsel"), reason="Leaving.")
    assert seen(world, row).status == "access_active", "until the notice is over"
    with acting(world.person("aurora", "counsel")):
        TestingAgreement.objects.filter(pk=row.agreement_id).update(terminates_on=make.today())
        agreements.end_notice(agreement=TestingAgreement.objects.get(pk=row.agreement_id))
    ended = seen(world, row)
    assert ended.status == "ended" and "has ended for these parties" in ended.reason


def test_terms_move_to_the_agreement_that_replaces_theirs_and_end_with_the_agencys_part(world: World) -> None:
    row = at(world, "access_active")
    after = agreement_in_force(world, ("commerce", "treasury"), "aurora")
    with acting(world.person(*DRAFTER)):
        TestingAgreement.objects.filter(pk=after.pk).update(replaces=row.agreement_id)
        TestingAgreement.objects.filter(pk=row.agreement_id).update(status="superseded")
        partnering.follow_agreement(TestingAgreement.objects.get(pk=row.agreement_id), None)
    moved = seen(world, row)
    assert (moved.status, moved.agreement_id) == ("access_active", after.pk)
    with acting(world.person(*INTAKE)):
        AgreementParty.objects.filter(target=after, organisation=world.agency("commerce")).update(
            leaving_since=timezone.now(), leaves_on=make.today(), left_at=timezone.now()
        )
        partnering.follow_agreement(TestingAgreement.objects.get(pk=after.pk), None)
    assert seen(world, row).status == "ended"


@pytest.mark.parametrize("state", NOMINATED)
def test_a_withdrawn_request_takes_its_nominations_along(world: World, state: str) -> None:
    row = at(world, state)
    with acting(world.person(*DRAFTER)) as by:
        actions.withdraw(request=EarlyAccessRequest.objects.get(pk=row.request_id), by=by)
    ended = seen(world, row)
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
    version = seen(world, TrustedPartnerNomination(pk=pk(world, url))).row_version
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
