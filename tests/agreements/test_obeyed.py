"""Every kind of obligation: its value is changed in an agreement, and the room that asks for it does otherwise.

`OBEYED` names all kinds; a new one without an entry fails, so that none can be stated and obeyed by nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Membership
from agreements import actions as agreements
from agreements.models import Obligation, TestingAgreement
from agreements.obligations import DOMAINS, KINDS, LISTED
from core.decisions import Refused
from core.templatetags.concord import exactly
from early_access import actions
from early_access.models import EarlyAccessRequest, ReturnItem
from evaluations import actions as evaluations
from evaluations.models import EvaluationAssignment
from jobs.models import Job
from jobs.testing import run_due
from notifications.duties import board
from tests.agreements import factories as agreement
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.early_access.test_terms import drafted, in_force, refused
from tests.evaluations import reporting
from tests.world import World, client_for

WORDS = dict(DOMAINS)
CYBER, CHEMICAL = WORDS["cybersecurity"], WORDS["chemical_biological"]


def one_request(world: World, **changes: dict[str, object]) -> EarlyAccessRequest:
    """Submitted to the Treasury and scheduled, its window open, the Treasury asked."""
    row = drafted(world, **changes)
    assert refused(world, row) == []
    with acting(world.person("treasury", "intake")) as by:
        actions.acknowledge(request=row, by=by)
        actions.accept(request=row, by=by)
        actions.confirm_schedule(request=row, by=by)
    run_due(kinds=("evaluations.route", "early_access.open_window"))
    return make.seen(world, row)


def assignment(world: World) -> EvaluationAssignment:
    with acting(world.person("treasury", "evaluator")):
        return EvaluationAssignment.objects.select_related("request", "agency", "developer").get()


def closed(world: World) -> ReturnItem:
    """What is asked back after the window closed in the usual way."""
    row = one_request(world)
    with acting(world.person("aurora", "drafter")) as by:
        actions.close_early(request=row, by=by)
        return ReturnItem.objects.select_related("request").get(request=row)


def access_days(world: World) -> list[str]:
    return [field for field, _ in refused(world, drafted(world))]


def access_level_ceiling(world: World) -> list[str]:
    wanted = {"domains": ["cybersecurity"], "access_level": "2"}
    return [field for field, _ in refused(world, drafted(world, domains=wanted))]


def allowed_domains(world: World) -> tuple[list[str], list[str]]:
    """Refused where nothing in common is offered; else routed in what both have."""
    row = drafted(world, domains={"domains": ["cybersecurity"], "access_level": "1"})
    if found := refused(world, row):
        return [field for field, _ in found], []
    with acting(world.person("aurora", "drafter")) as by:
        actions.withdraw(request=row, by=by)
    one_request(world, domains={"domains": ["cybersecurity", "critical_infrastructure"], "access_level": "1"})
    return [], assignment(world).domains


def max_testers(world: World) -> str:
    """The first evaluator attests; what the second is told."""
    one_request(world)
    with acting(world.person("treasury", "evaluator")) as by:
        evaluations.accept(assignment=assignment(world), by=by)
        evaluations.attest(assignment=assignment(world), typed_name=by.name, consented=True, by=by)
    second = world.person("treasury", "counsel")
    with acting(world.person("treasury", "administrator")):
        Membership.objects.filter(user=second).update(roles=["counsel", "evaluator"])
    with acting(second) as by:
        try:
            evaluations.attest(assignment=assignment(world), typed_name=by.name, consented=True, by=by)
        except Refused as refusal:
            page = client_for(second).get(f"/assignments/{assignment(world).reference}/").content.decode()
            assert "1 of at most 1" in page and "so many have attested" in page
            return str(refusal)
    return ""


def retention_days(world: World) -> int:
    return (closed(world).kept_until - make.today()).days


def destruction_days(world: World) -> int:
    """Counted from the end of keeping, which is 90 days in the template; reminders are jobs that survive a restart."""
    item = closed(world)
    reminders = Job.objects.filter(kind="early_access.remind_of_return").order_by("not_before")
    last = item.due_on - timedelta(days=3)
    assert [job.not_before.date() for job in reminders] == sorted({item.kept_until, last} - {make.today()})
    assert len(run_due(at=timezone.now() + timedelta(days=400), kinds=("early_access.remind_of_return",))) == len(
        reminders
    )
    run_due(kinds=("notifications.tell",))
    told = client_for(world.person("treasury", "evaluator"))
    assert "return or destroy what you hold" in told.get("/notifications/").content.decode()
    return (item.due_on - item.kept_until).days


def confidentiality_years(world: World) -> int:
    item = closed(world)
    words = f"confidential until {exactly(item.confidential_until)}"
    page = client_for(world.person("aurora", "drafter")).get(f"/requests/{item.request.reference}/").content.decode()
    assert words in " ".join(page.split())
    return item.confidential_until.year - make.today().year


def fact_check_days(world: World) -> int | None:
    one_request(world)
    return assignment(world).fact_check_days


def publication_review_days(world: World) -> int:
    """How long nobody publishes, and that the page says until when. What an answer changes: tests/evaluations."""
    one_request(world)
    evaluator = world.person("treasury", "evaluator")
    with acting(evaluator) as by:
        row = assignment(world)
        evaluations.accept(assignment=row, by=by)
        evaluations.attest(assignment=assignment(world), typed_name=by.name, consented=True, by=by)
        for status in ("preparing", "running", "analysis"):
            EvaluationAssignment.objects.filter(pk=row.pk).update(status=status)
        reporting.save(by, assignment(world))
    reporting.checked(world, evaluator, assignment(world))
    report = reporting.deliver(evaluator, assignment(world))
    with acting(evaluator) as by:
        review = evaluations.ask_publication(report=report, text="It solves 16 of 20.", by=by)
        with pytest.raises(Refused, match="The agreement gives the other side until"):
            evaluations.publish(review=review, by=by)
    page = client_for(evaluator).get(f"/assignments/{row.reference}/reports/1/publication/").content.decode()
    assert f"until {exactly(review.due_at)}" in " ".join(page.split())
    return (review.due_at.date() - make.today()).days


def incident_notice_hours(world: World) -> tuple[int, bool]:
    """The hours from the discovery to the notice, and whether the board of what is due says so."""
    one_request(world)
    evaluator = world.person("treasury", "evaluator")
    with acting(evaluator) as by:
        row = assignment(world)
        evaluations.accept(assignment=row, by=by)
        evaluations.attest(assignment=assignment(world), typed_name=by.name, consented=True, by=by)
        made = evaluations.report_incident(
            assignment=assignment(world), kind="leak", severity="high", discovered_at=timezone.now(),
            what_happened="A prompt was mailed.", by=by,
        )  # fmt: skip
        (found,) = [found.duty for found in board(by) if found.duty.kind == "Incident notice"]
    due = made.notice_due_at
    return round((due - made.discovered_at).total_seconds() / 3600), found.due in (due, due.date())


def termination_notice_days(world: World) -> int:
    with acting(world.person("treasury", "counsel")) as by:
        row = TestingAgreement.objects.get()
        after = agreements.terminate(agreement=agreement.seen(row, by), by=by, reason="Our programme ends.")
        return (after.terminates_on - make.today()).days


def notice_before_release_days(world: World) -> int:
    row = one_request(world)
    with acting(world.person("aurora", "drafter")) as by:
        actions.plan_release(request=row, release_on=make.today() + timedelta(days=50), rationale="Ready.", by=by)
        (found,) = [found.duty for found in board(by) if found.duty.kind == "Release notice"]
        return (make.today() + timedelta(days=50) - found.due).days


# kind → what is asked, and two values with what comes of each
OBEYED: dict[str, tuple[Callable[[World], object], dict[object, object]]] = {
    "access_days": (access_days, {30: [], 29: ["window.ends_on"]}),
    "access_level_ceiling": (access_level_ceiling, {2: [], 1: ["domains.access_level"]}),
    "allowed_domains": (
        allowed_domains,
        {CHEMICAL: (["domains.domains"], []), LISTED.join([CYBER, CHEMICAL]): ([], ["cybersecurity"])},
    ),
    "max_testers": (
        max_testers,
        {2: "", 1: "The agreement lets at most 1 person of the agency have access to this test, and so many have attested."},
    ),
    "retention_days": (retention_days, {90: 90, 7: 7}),
    "destruction_days": (destruction_days, {30: 30, 1: 1}),
    "confidentiality_years": (confidentiality_years, {5: 5, 2: 2}),
    "fact_check_days": (fact_check_days, {5: 5, 12: 12}),
    "publication_review_days": (publication_review_days, {30: 30, 5: 5}),
    "notice_before_release_days": (notice_before_release_days, {10: 10, 0: 0}),
    "incident_notice_hours": (incident_notice_hours, {24: (24, True), 6: (6, True)}),
    "termination_notice_days": (termination_notice_days, {30: 30, 0: 0}),
}  # fmt: skip
NO_TEMPLATE = ("notice_before_release_days",)  # stated only where counsel publish a clause that names it


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, (_, cases) in OBEYED.items() for value in cases])
def test_the_software_does_what_the_agreement_says(world: World, kind: str, value: object) -> None:
    asked, cases = OBEYED[kind]
    row = in_force(world, "treasury", **({} if kind in NO_TEMPLATE else {kind: value}))
    if kind in NO_TEMPLATE:
        with acting(world.person("aurora", "drafter")) as by:
            own = {"agreement": row, "version": agreement.seen(row, by).current, "developer": world.aurora}
            Obligation.objects.create(clause_id="term", kind=kind, value=value, **own)
    assert asked(world) == cases[value]


# Stated in research agreements only, where tests/agreements/test_concurring.py changes it.
CRADA = {"tacit_concurrence_days"}


def test_no_kind_is_obeyed_by_nobody() -> None:
    assert set(OBEYED) | CRADA == set(KINDS)
