"""Agency counsel edit the clause library: draft, second reader, published version. Agreements that run keep theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from agreements import notices, policies, queries
from agreements.models import AgreementTemplate, Clause, ClauseAlternative, ClauseDraft
from agreements.rules import concurring
from agreements.rules import library as rules
from agreements.rules.completeness import unprintable
from agreements.rules.deviations import APPROVERS
from agreements.standard import PROTECTED
from audit import actions as audit
from core.decisions import Conflict, Invalid, Problem, refuse


@transaction.atomic
def begin_clause_draft(*, key: str, by: User) -> ClauseDraft:
    """The draft of a clause: the one there is, a copy of its newest version, or an empty one for a new key."""
    policies.may_edit_library(by).require()
    if key in PROTECTED:
        refuse("The clause on the voluntary nature stands as it is in every agreement.", "Nobody changes it.").require()
    if not rules.KEY.fullmatch(key):
        raise Invalid([Problem("key", "A key has small letters, digits and “_”, and begins with a letter.")])
    base = queries.newest_clauses().get(key)
    values = queries.draft_values(base) | {"base": base, "edited_by": by, "edited_at": timezone.now()}
    draft, fresh = ClauseDraft.objects.get_or_create(key=key, defaults=values)
    if fresh:
        audit.record("agreements.clause_draft_begun", draft, by=by, detail={"key": key})
    return draft


def _locked(draft: ClauseDraft, row_version: int, changes: Mapping[str, Any] | None = None) -> ClauseDraft:
    """The row under its lock, as it was read; else a Conflict with what stands there and what was typed."""
    found = ClauseDraft.objects.select_for_update(of=("self",)).filter(pk=draft.pk).first()
    if found is None:
        raise Conflict("This draft was published or discarded meanwhile. Open the clause to see.")
    if found.row_version != row_version:
        stands = {name: getattr(found, name) for name in rules.PARTS}
        raise Conflict(
            "Somebody saved this draft after you opened it. Compare both texts, then open it again.",
            theirs=_as_text(stands), yours=_as_text({**stands, **(changes or {})}),
        )  # fmt: skip
    return found


def _as_text(values: Mapping[str, Any]) -> str:
    return "\n\n".join(f"[{name}]\n{text}" for name, text in rules.as_parts(values).items() if text)


@transaction.atomic
def save_clause_draft(*, draft: ClauseDraft, row_version: int, by: User, **changes: Any) -> ClauseDraft:
    """Save what was typed. Any edit takes back the request for a second reader."""
    policies.may_edit_library(by).require()
    row = _locked(draft, row_version, changes)
    for name in {*queries.COPIED, "after", "alternatives", "change_note"} & changes.keys():
        setattr(row, name, changes[name])
    if problems := _typing_problems(row):
        raise Invalid(problems)
    row.text = row.text.replace("\r\n", "\n").strip()
    row.row_version += 1
    row.edited_by, row.edited_at, row.asked_at = by, timezone.now(), None
    row.save()
    return row


def _typing_problems(row: ClauseDraft) -> list[Problem]:
    """What cannot even be kept; gaps are for later."""
    found = (
        [Problem("heading", "The heading has at most 120 characters. Shorten it.")] if len(row.heading) > 120 else []
    )
    words = [(n, getattr(row, n)) for n in ("heading", "text", "rationale", "guidance", "change_note")]
    for name in ("alternatives", "variables"):
        words += [(name, str(value)) for entry in getattr(row, name) for value in entry.values()]
    return found + [problem for field, text in words if (problem := unprintable(field, text))]


def clause_draft_problems(draft: ClauseDraft) -> list[Problem]:
    """What stands against publishing: the draft alone, and together with each template that it goes into."""
    found = rules.draft_problems(draft.key, draft.heading, draft.text, draft.alternatives, draft.variables)
    if not draft.change_note.strip():
        found.append(Problem("change_note", "Say in a sentence what changes and why. The history shows it."))
    if draft.base is None and not draft.required_for:
        found.append(Problem("required_for", "Choose at least one instrument that the new clause goes into."))
    if draft.decides_deviations not in APPROVERS:
        found.append(Problem("decides_deviations", "Choose from the list who decides on other words."))
    if draft.after and draft.after not in queries.newest_clauses():
        found.append(Problem("after", "The library has no clause with this key. Choose one of the list."))
    for template in _templates(draft):
        others = {
            row["key"]: (clause.heading, row)
            for clause in Clause.objects.filter(pk__in=template.clause_ids).exclude(key=draft.key)
            for row in clause.variables
        }
        found += rules.merge_problems(draft.variables, others, template=template.name)
    return found


def _templates(draft: ClauseDraft) -> list[AgreementTemplate]:
    return list(AgreementTemplate.objects.filter(is_current=True, instrument__in=draft.required_for).order_by("key"))


@transaction.atomic
def ask_second_reader(*, draft: ClauseDraft, row_version: int, by: User) -> ClauseDraft:
    """Tell counsel of all agencies that the draft is ready; anyone of them but its editor publishes it."""
    policies.may_edit_library(by).require()
    row = _locked(draft, row_version)
    if problems := clause_draft_problems(row):
        raise Invalid(problems)
    row.asked_at = timezone.now()
    row.save(update_fields=["asked_at"])
    audit.record("agreements.clause_draft_ready", row, by=by, detail={"key": row.key})
    agencies = Organisation.objects.filter(kind=Organisation.Kind.AGENCY).values_list("pk", flat=True)
    notices.tell_library(row, by=by, to=list(agencies))
    return row


@transaction.atomic
def publish_clause(*, draft: ClauseDraft, row_version: int, by: User) -> Clause:
    """The draft becomes the next version, and each template with this clause gets a next version of its own."""
    row = _locked(draft, row_version)
    policies.may_publish_clause(by, row).require()
    templates = _locked_templates()
    if problems := clause_draft_problems(row):
        raise Invalid(problems)
    newest = queries.newest_clauses().get(row.key)
    clause = Clause.objects.create(
        key=row.key, version=newest.version + 1 if newest else 1, change_note=row.change_note.strip(), published_by=by,
        **{name: getattr(row, name) for name in queries.COPIED},
    )  # fmt: skip
    ClauseAlternative.objects.bulk_create(
        ClauseAlternative(clause=clause, **{n: other.get(n, "") for n in queries.OTHER}) for other in row.alternatives
    )
    changed = [t.key for t in templates if _next(t, clause, row.after, by)]
    audit.record(
        "agreements.clause_published", clause, by=by, reason=clause.change_note,
        detail={"key": clause.key, "version": clause.version, "templates": changed},
    )  # fmt: skip
    row.delete()
    return clause


def _locked_templates() -> list[AgreementTemplate]:
    """The current templates, one publisher at a time: whoever waited here sees what the one before left."""
    list(AgreementTemplate.objects.select_for_update().order_by("pk").values_list("pk"))
    return list(AgreementTemplate.objects.filter(is_current=True).order_by("key"))


def _next(template: AgreementTemplate, clause: Clause, after: str, by: User) -> bool:
    """The template's next version: with the clause in its place, or without it where it is not required any more."""
    by_id = Clause.objects.in_bulk(template.clause_ids)
    rows = [by_id[pk] for pk in template.clause_ids]
    wanted = template.instrument in clause.required_for
    kept = _replaced(rows, clause, after) if wanted else [r for r in rows if r.key != clause.key]
    if [r.pk for r in kept] == template.clause_ids:
        return False
    _next_version(
        template,
        clause_ids=[r.pk for r in kept],
        variables=rules.merged(row.variables for row in kept),
        published_by=by,
    )
    return True


def _next_version(template: AgreementTemplate, **changes: Any) -> AgreementTemplate:
    """A copy of the template with changes, in its place."""
    AgreementTemplate.objects.filter(pk=template.pk).update(is_current=False)
    values = {name: getattr(template, name) for name in queries.TEMPLATE}
    return AgreementTemplate.objects.create(**values | {"version": template.version + 1} | changes)


@transaction.atomic
def set_template_ways(*, key: str, by: User, order: str, blind: bool) -> AgreementTemplate:
    """Say in which way the agencies concur with agreements that start from a template from now on. Each agreement's own
    agencies can still choose otherwise. After how many days silence counts is no such setting: it stands in a clause."""
    policies.may_edit_library(by).require()
    template = next((row for row in _locked_templates() if row.key == key), None)
    if template is None:
        raise Conflict("There is no such template any more.")
    if problems := concurring.way_problems(order, blind=blind):
        raise Invalid(problems)
    if (template.concurrence_order, template.concurrence_blind) == (order, blind):
        return template
    made = _next_version(template, concurrence_order=order, concurrence_blind=blind)
    audit.record(
        "agreements.template_ways_set", made, by=by,
        detail={"template": key, "version": made.version, "order": order, "blind": blind},
    )  # fmt: skip
    return made


def _replaced(rows: Sequence[Clause], clause: Clause, after: str) -> list[Clause]:
    keys = [row.key for row in rows]
    if clause.key in keys:
        return [clause if row.key == clause.key else row for row in rows]
    place = keys.index(after) + 1 if after in keys else len(rows)
    return [*rows[:place], clause, *rows[place:]]


@transaction.atomic
def discard_clause_draft(*, draft: ClauseDraft, row_version: int, by: User) -> None:
    """Give the draft up. The published version stays."""
    policies.may_edit_library(by).require()
    row = _locked(draft, row_version)
    audit.record("agreements.clause_draft_discarded", row, by=by, detail={"key": row.key})
    row.delete()
