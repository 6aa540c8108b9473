"""Concurrence inside an agency: the plan of its components, their asks and answers, and what those lead to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from agreements import answers, components, notices, policies, queries
from agreements.actions import clocks, verdicts
from agreements.actions.base import locked, record, same_text
from agreements.actions.commenting import LONGEST, clauses_named, said
from agreements.actions.freezing import review_all
from agreements.components import Standing
from agreements.models import Concurrence, ConcurrenceAsk, ConcurrencePart, ConcurrencePlan, TestingAgreement
from agreements.rules import clearing, concurring
from agreements.rules import components as rules
from audit import actions as audit
from core import rls
from core.decisions import Conflict, Invalid, Problem
from jobs import actions as jobs

REMIND = "agreements.remind_of_components"


@transaction.atomic
def set_component_plan(
    *, agreement: TestingAgreement, by: User, agency: Organisation, components: Sequence[str], order: str, blind: bool,
    answer_by: date | None = None,
) -> ConcurrencePlan:  # fmt: skip
    """Say which components of an agency concur inside it first (slugs, in the order in which they are asked), in which way,
    and if wished by which day. None: as if there were no plan."""
    agreement = locked(agreement)
    policies.may_set_component_plan(by, agreement, agency).require()
    allowed = {row.slug or "": row for row in _allowed(agreement, agency)}
    plan = ConcurrencePlan.objects.filter(agreement=agreement, agency=agency).first()
    day = None if plan is not None and plan.answer_by == answer_by else answer_by  # one that has passed may stay
    problems = rules.plan_problems(
        components, list(allowed), order=order, blind=blind, answer_by=day, today=timezone.now().date()
    )
    if problems or (problems := _opened_early(agreement, plan, blind=blind)):
        raise Invalid(problems)
    before = _as_data(plan)
    plan = plan or ConcurrencePlan(agreement=agreement, agency=agency)
    plan.order, plan.blind, plan.answer_by, plan.set_by, plan.set_at = order, blind, answer_by, by, timezone.now()
    plan.taken_over_from = None
    if before == {"components": list(components), "order": order, "blind": blind, "answer_by": str(answer_by or "")}:
        return plan
    plan.save()
    _name_parts(plan, [allowed[slug] for slug in components])
    _set(agreement, plan, by)
    return plan


def _allowed(agreement: TestingAgreement, agency: Organisation) -> list[Organisation]:
    return components.children(agreement, agency)


def _as_data(plan: ConcurrencePlan | None) -> dict[str, Any] | None:
    if plan is None:
        return None
    slugs = [part.organisation.slug for part in plan.parts.select_related("organisation")]
    return {"components": slugs, "order": plan.order, "blind": plan.blind, "answer_by": str(plan.answer_by or "")}


def _opened_early(agreement: TestingAgreement, plan: ConcurrencePlan | None, *, blind: bool) -> list[Problem]:
    """An answer that was given under seal is not opened by changing the plan."""
    if plan is None or blind or not plan.blind:
        return []
    standing = components.plan_of(agreement, plan.agency_id)
    if standing is None or standing.all_in or not standing.answered:
        return []
    words = (
        "Answers to this version were given under seal. They stay so until all are in, or another version is proposed."
    )
    return [Problem("blind", words)]


def _name_parts(plan: ConcurrencePlan, chosen: Sequence[Organisation]) -> None:
    plan.parts.exclude(organisation__in=[row.pk for row in chosen]).delete()
    for position, row in enumerate(chosen, start=1):
        ConcurrencePart.objects.update_or_create(
            target=plan, organisation=row, defaults={"agreement": plan.agreement, "position": position}
        )


def _set(agreement: TestingAgreement, plan: ConcurrencePlan, by: User) -> None:
    """Into the record of those whom it concerns; whoever is asked by it now is told, and whoever is no more, is not."""
    standing = components.plan_of(agreement, plan.agency_id)
    readers = _readers(standing) if standing else [plan.agency_id]
    detail = {"components": len(readers) - 1, "order": plan.order, "blind": plan.blind}
    record("component_plan_set", agreement, by=by, parties=readers, detail=detail)
    notices.tell_inside("agreements.component_plan_set", agreement, to=readers, by=by)
    if agreement.status != "in_clearance":
        return
    with components.widened(agreement):
        if plan.agency in concurring.asked(agreement.concurrence_order, answers.unanswered(agreement)):
            if standing:
                _open_when_all_are_in(agreement, standing)
            ask(agreement, plan.agency, by)


def _readers(standing: Standing) -> list[Any]:
    """The agency, and the components in its plan: whoever reads what is open inside it."""
    return [standing.plan.agency_id, *(part.component.pk for part in standing.parts)]


def begin(agreement: TestingAgreement) -> None:
    """The clearance of this version begins (again): no ask of before stands."""
    with components.widened(agreement):
        rows = ConcurrencePart.objects.filter(agreement=agreement).values_list("organisation", flat=True)
        ConcurrenceAsk.objects.filter(version=agreement.current_id, agency__in=list(rows)).delete()


def ask(agreement: TestingAgreement, agency: Organisation, by: User | None) -> None:
    """Ask the components of an agency that is asked itself: all that are missing, or the one whose turn it is."""
    with components.widened(agreement):
        standing = components.plan_of(agreement, agency.pk)
        _forget_others(agreement, agency, standing)
        if standing is None:
            return
        day = _day(agreement, standing)
        known = {part.component.pk: part.ask for part in standing.parts if part.ask}
        for part in standing.turn:
            found = known.get(part.component.pk)
            if found is None or found.answer_by != day:
                _ask_one(agreement, part.component, day, by)
        _watch(agreement, standing)


def _forget_others(agreement: TestingAgreement, agency: Organisation, standing: Standing | None) -> None:
    """An ask stands for whoever's turn it is, and for those who answered and may think again."""
    kept = {part.component.pk for part in [*standing.turn, *(p for p in standing.parts if p.is_in)]} if standing else ()
    rows = ConcurrenceAsk.objects.filter(version=agreement.current_id, agency__parent=agency)
    rows.exclude(agency__in=kept).exclude(agency__in=agreement.order).delete()


def _day(agreement: TestingAgreement, standing: Standing) -> date | None:
    """The first of: the plan's own day, that for the agencies, and that after which the agency's silence counts."""
    own = ConcurrenceAsk.objects.filter(version=agreement.current_id, agency=standing.agency).first()
    return rules.earliest(standing.plan.answer_by, agreement.concur_by, own.lapses_on if own else None)


def _ask_one(agreement: TestingAgreement, component: Organisation, day: date | None, by: User | None) -> None:
    ConcurrenceAsk.objects.update_or_create(
        agency=component, version=agreement.current,
        defaults={
            "agreement": agreement, "developer_id": agreement.developer_id, "asked_at": timezone.now(), "answer_by": day,
        },
    )  # fmt: skip
    until = {"answer_by": f"{day:%-d %b %Y}"} if day else {}
    notices.tell_inside("agreements.component_asked", agreement, to=[component.pk], by=by, also=until)


def _watch(agreement: TestingAgreement, standing: Standing) -> None:
    """Jobs for the days before and after the plan's own day; the agreement's day has its own."""
    day = standing.plan.answer_by
    for at in clearing.reminders(day, timezone.now().date()) if day else []:
        jobs.enqueue(
            REMIND, key=f"{REMIND}:{standing.plan.pk}:{agreement.current_id}:{day}:{at}", organisations=_readers(standing),
            payload={"plan": str(standing.plan.pk), "day": str(day)}, not_before=clocks.midnight(at),
        )  # fmt: skip


def close(agreement: TestingAgreement, agency: Organisation) -> None:
    """The agency has answered: nothing more is asked of its components."""
    with components.widened(agreement):
        if components.plan_of(agreement, agency.pk):
            _forget_others(agreement, agency, None)


@transaction.atomic
def concur_for_component(
    *, agreement: TestingAgreement, by: User, component: Organisation, text_hash: str, comment: str = ""
) -> Concurrence:
    """A component's concurrence, inside its agency, with the text whose hash the person saw."""
    agreement, standing = _may_answer(agreement, by, component, text_hash)
    part = standing.of(component.pk)
    if part is not None and part.concurs:
        raise Invalid([Problem("verdict", f"{component.name} has already concurred with this version.")])
    seen = queries.seen_by(agreement, component.pk)
    words = comment.strip()
    if len(words) > LONGEST:
        raise Invalid([Problem("comment", "This is longer than 5,000 characters. Shorten it.")])
    row = verdicts.write(agreement, component, by, Concurrence.Verdict.CONCUR, words, [], inside=standing.plan)
    review_all(agreement, row, seen)
    _answered(agreement, row, by)
    return row


@transaction.atomic
def refuse_for_component(
    *, agreement: TestingAgreement, by: User, component: Organisation, text_hash: str, comment: str,
    clause_ids: Sequence[str] = (),
) -> Concurrence:  # fmt: skip
    """A component does not concur: it names the clause and the reason. Only its agency reads that, and answers for all."""
    agreement, standing = _may_answer(agreement, by, component, text_hash)
    words = said(comment, "comment", "Give the reason, so that your agency can act on it.")
    named = clauses_named(agreement, clause_ids)
    if not named:
        raise Invalid([Problem("clauses", "Name at least one clause that stands against concurrence.")])
    part = standing.of(component.pk)
    if part and part.answer and part.refuses and (part.answer.comment, part.answer.clause_ids) == (words, named):
        return part.answer  # the button was pressed twice
    row = verdicts.write(agreement, component, by, Concurrence.Verdict.REFUSE, words, named, inside=standing.plan)
    _answered(agreement, row, by)
    return row


def _may_answer(
    agreement: TestingAgreement, by: User, component: Organisation, text_hash: str
) -> tuple[TestingAgreement, Standing]:
    agreement = locked(agreement)
    policies.may_answer_for_component(by, agreement, component).require()
    same_text(agreement, text_hash)
    standing = next((row for row in components.of(agreement) if row.of(component.pk)), None)
    if standing is None:
        raise Conflict("The plan of your agency changed since you opened this page. Read it again.")
    return agreement, standing


def _answered(agreement: TestingAgreement, row: Concurrence, by: User) -> None:
    """What an answer leads to: open, the agency reads it and the next is asked; sealed, nobody does until all are in."""
    with components.widened(agreement):
        standing = next(s for s in components.read([agreement])[agreement.pk] if s.plan.pk == row.inside_id)
        if row.revealed_at is None:
            record("component_answered", agreement, by=by, parties=[row.agency_id])
            if not _open_when_all_are_in(agreement, standing):
                _tell_agency("component_answered", agreement, standing, by)
            return
        refuses = row.verdict == Concurrence.Verdict.REFUSE
        record(
            "component_refused" if refuses else "component_concurred", agreement, by=by, parties=_readers(standing),
            reason=row.comment, detail={"clauses": row.clause_ids} if refuses else None,
        )  # fmt: skip
        word = "component_refused" if refuses else "components_done" if standing.is_clear else "component_answered"
        _tell_agency(word, agreement, standing, by)
        ask(agreement, standing.agency, None)


def _open_when_all_are_in(agreement: TestingAgreement, standing: Standing) -> bool:
    """The last sealed answer opens all of them inside the agency, at once; whether it did."""
    rows = Concurrence.every.filter(version=agreement.current_id, inside=standing.plan)
    if not standing.all_in or not rows.filter(revealed_at__isnull=True).update(revealed_at=timezone.now()):
        return False
    refusals = len(standing.refusing)
    detail, verb = {"answers": len(standing.parts), "refusals": refusals}, "agreements.component_answers_opened"
    audit.record(verb, agreement, parties=_readers(standing), detail=detail, consequence=True)
    _tell_agency("component_refused" if refusals else "components_done", agreement, standing, None)
    return True


def _tell_agency(word: str, agreement: TestingAgreement, standing: Standing, by: User | None) -> None:
    notices.tell_inside(f"agreements.{word}", agreement, to=[standing.plan.agency_id], by=by)


def remind(agreement: TestingAgreement, agencies: Sequence[Organisation]) -> None:
    """With the reminder of agencies: their components that are asked and have not answered. The context sees both."""
    with components.widened(agreement):
        plans = components.read([agreement])[agreement.pk]
        for standing in (row for row in plans if row.agency in agencies):
            _remind(agreement, standing)


def _remind(agreement: TestingAgreement, standing: Standing) -> None:
    late = [part.component.pk for part in standing.turn if part.ask and not part.is_in]
    if late:
        notices.tell_inside("agreements.component_reminder", agreement, to=late, by=None)


@transaction.atomic
def remind_of_components(*, plan: ConcurrencePlan, day: date) -> None:
    """Before the plan's day: remind components that are asked. After it: tell the agency's counsel that not all are in."""
    agreement = locked(plan.agreement)
    with rls.widened(plan.agency_id), components.widened(agreement):
        standing = components.plan_of(agreement, plan.agency_id)
        waits = standing is not None and any(part.ask and not part.is_in for part in standing.turn)
        if standing is None or not waits or agreement.status != "in_clearance" or standing.plan.answer_by != day:
            return
        if timezone.now().date() <= day:
            _remind(agreement, standing)
            return
        missing = {"missing": len(standing.missing)}
        record("components_late", agreement, by=None, parties=_readers(standing), detail=missing)
        _tell_agency("components_late", agreement, standing, None)
