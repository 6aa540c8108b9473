"""Everything that stands against submitting, found at once: gaps, dates, endpoint, key, consent, agreements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from accounts.models import Organisation
from agreements import queries as agreements
from agreements.models import TestingAgreement
from core.decisions import Problem
from core.egress import EgressRefused, allowance_of, check_url_syntax
from developers.models import Developer, FrontierModel, ModelCheckpoint, ModelVariant
from early_access import claims, keys, queries
from early_access.models import AccessCredential, AccessSpecification, EarlyAccessRequest, RequestSection
from early_access.rules import dates, terms
from early_access.rules import keys as key_rules
from early_access.rules.sections import SECTIONS, gaps


@dataclass
class Submission:
    """What the drafted sections come to, and the problems found on the way."""

    data: dict[str, dict[str, Any]]
    problems: list[Problem] = field(default_factory=list)
    model: FrontierModel | None = None
    checkpoint: ModelCheckpoint | None = None
    agencies: list[Organisation] = field(default_factory=list)
    agreement: TestingAgreement | None = None

    def day(self, section: str, name: str) -> date | None:
        """A drafted date."""
        text = self.data[section].get(name)
        return date.fromisoformat(text) if text else None

    def add(self, anchor: str, sentence: str) -> None:
        """One more problem at a field ("section.field")."""
        self.problems.append(Problem(anchor, sentence))


def gather(request: EarlyAccessRequest, saved: Mapping[str, RequestSection], at: datetime) -> Submission:
    """The submission that these sections would make now."""
    found = Submission({s.name: saved[s.name].data if s.name in saved else {} for s in SECTIONS})
    for section in SECTIONS:
        found.problems += gaps(section, found.data[section.name])
    _identity(found, request)
    _dates(found, at.date())
    _access(found)
    _agencies(found, request, at)
    _credential(found, request)
    if found.data["confidentiality"].get("scope", "nothing") != "nothing" and not found.data["confidentiality"].get(
        "statement"
    ):
        found.add("confidentiality.statement", "Write why disclosing the marked information would harm competition.")
    profile = Developer.objects.filter(organisation=request.developer_id).first()
    if profile is not None and profile.status != "verified":
        found.add("identity.track", "Your organisation is not verified yet. The Department of Commerce verifies it.")
    return found


def row_id(text: object) -> UUID | None:
    """An id as it was typed; None for anything that is not one."""
    try:
        return UUID(str(text))
    except ValueError:
        return None


def _identity(found: Submission, request: EarlyAccessRequest) -> None:
    data = found.data["identity"]
    mine = {"developer": request.developer_id}
    if data.get("model"):
        found.model = FrontierModel.objects.filter(pk=row_id(data["model"]), **mine).first()
        if found.model is None:
            found.add("identity.model", "There is no such model of yours. Choose one from the list.")
    if found.model and data.get("checkpoint"):
        rows = ModelCheckpoint.objects.filter(pk=row_id(data["checkpoint"]), model=found.model, **mine)
        found.checkpoint = rows.select_related("model").first()
        if found.checkpoint is None:
            found.add("identity.checkpoint", "This checkpoint is not one of the chosen model. Choose one of its own.")
    if found.model:
        for claim in claims.of_another(request, found.model.pk):
            words = f"You stated a result of another model’s build, {claim.checkpoint_label}. Take it back first, or choose that model."
            found.add("identity.model", words)
    if found.checkpoint:
        kinds = set(ModelVariant.objects.filter(checkpoint=found.checkpoint).values_list("kind", flat=True))
        for kind in found.data["variants"].get("variants", []):
            if kind not in kinds:
                label = ModelVariant.Kind(kind).label
                found.add("variants.variants", f"“{label}” is not registered for this checkpoint. Leave it out.")


def _dates(found: Submission, today: date) -> None:
    trusted, public = found.day("dates", "trusted_partner_on"), found.day("dates", "public_on")
    if trusted:
        found.problems += _at("dates", dates.date_problems(trusted, public, today=today))
    first, last = found.day("window", "starts_on"), found.day("window", "ends_on")
    if first and last:
        longer = bool(found.data["window"].get("longer_by_consent"))
        found.problems += _at("window", dates.window_problems(first, last, trusted, today=today, longer=longer))


def _at(section: str, problems: list[Problem]) -> list[Problem]:
    return [Problem(f"{section}.{p.field}", p.sentence) for p in problems]


def access_problems(data: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with an access specification, beyond gaps; also told when the section is saved."""
    found = []
    if data.get("base_url"):
        try:
            check_url_syntax(data["base_url"], allowance_of(settings.EGRESS_SIMULATOR))
        except EgressRefused as refused:
            found.append(Problem("base_url", str(refused)))
    if data.get("budget_usd") and not data.get("price_per_million"):
        words = "Give the price of a million tokens too: what agencies spend is counted with it."
        found.append(Problem("price_per_million", words))
    if data.get("used_for_training"):
        found.append(
            Problem(
                "used_for_training", "Prompts of evaluators must not be used for training. Turn this off for the key."
            )
        )
    return found


def early_problems(section: str, typed: Mapping[str, Any], saved: Mapping[str, RequestSection]) -> list[Problem]:
    """What can be said of one section while it is saved: impossible dates and endpoints are not kept, gaps are."""
    today = timezone.now().date()
    others = saved["dates"].data if "dates" in saved else {}
    found = Submission({"dates": dict(typed if section == "dates" else others), "window": dict(typed)})
    trusted = found.day("dates", "trusted_partner_on")
    if section == "dates" and trusted:
        return dates.date_problems(trusted, found.day("dates", "public_on"), today=today)
    first, last = (found.day("window", n) if section == "window" else None for n in ("starts_on", "ends_on"))
    if first and last:
        longer = bool(typed.get("longer_by_consent"))
        return dates.window_problems(first, last, trusted, today=today, longer=longer)
    if section == "credential":
        return [problem for kind in keys.KINDS for problem in key_address_problems(typed, f"{kind}_")]
    return access_problems(typed) if section == "access" else []


def key_address_problems(typed: Mapping[str, Any], prefix: str = "") -> list[Problem]:
    """What is wrong with the address of a key of its own."""
    found = access_problems({"base_url": typed.get(f"{prefix}base_url")})
    return [Problem(f"{prefix}{problem.field}", problem.sentence) for problem in found]


def endpoint_gaps(data: Mapping[str, Any]) -> list[Problem]:
    """What a method with an endpoint needs beside it."""
    if data.get("method") not in AccessSpecification.WITH_ENDPOINT:
        return []
    needed = (("base_url", "base URL"), ("dialect", "dialect"), ("model_name", "model name string"))
    return [Problem(name, f"This method needs the {words}. Enter it.") for name, words in needed if not data.get(name)]


def _access(found: Submission) -> None:
    data = found.data["access"]
    found.problems += _at("access", [*access_problems(data), *endpoint_gaps(data)])


def chosen_agencies(slugs: list[str]) -> list[Organisation]:
    """The agencies behind slugs, by name."""
    rows = Organisation.objects.filter(kind="agency", slug__in=slugs).select_related("parent")
    return list(rows.order_by("name"))


def _agencies(found: Submission, request: EarlyAccessRequest, at: datetime) -> None:
    slugs = found.data["agencies"].get("agencies", [])
    found.agencies = chosen_agencies(slugs)
    known = {a.slug for a in found.agencies}
    for slug in slugs:
        if slug not in known:
            found.add("agencies.agencies", f"There is no agency “{slug}”. Choose from the list.")
    for agency in found.agencies:
        agreement = agreements.in_force_between(developer=request.developer, agency=agency, at=at)
        if agreement is None:
            words = f"No agreement is in force between you and {agency.name}. Sign one, or leave this agency out."
            found.add("agencies.agencies", words)
        elif not (decision := agreements.permits(agreement, "request", at)):
            found.add("agencies.agencies", decision.sentence)
        else:
            found.agreement = found.agreement or agreement
            _terms(found, agreement, agency)


def _terms(found: Submission, agreement: TestingAgreement, agency: Organisation) -> None:
    """What the agreement with one agency obliges the request to keep to."""
    first, last = found.day("window", "starts_on"), found.day("window", "ends_on")
    named = {"reference": agreement.reference, "agency": agency.name}
    if first and last:
        days = agreements.obligation(agreement, "access_days")
        longer = bool(found.data["window"].get("longer_by_consent"))
        found.problems += _at("window", terms.window_terms(first, last, most_days=days, longer=longer, **named))
        found.problems += _at("window", terms.end_terms(last, last_day=agreements.last_day(agreement), **named))
    allowed = agreements.allowed_domains([agreement]).get(agreement.pk)
    offered = found.data["domains"].get("domains", [])
    found.problems += _at("domains", terms.domain_terms(offered, allowed=allowed, **named))
    if level := found.data["domains"].get("access_level"):
        ceiling = agreements.obligation(agreement, "access_level_ceiling")
        found.problems += _at("domains", terms.level_terms(int(level), ceiling=ceiling, **named))


def _credential(found: Submission, request: EarlyAccessRequest) -> None:
    if found.data["access"].get("method") not in AccessSpecification.WITH_ENDPOINT:
        return
    live = {key.variant: key for key in keys.live(request)}
    if not live:
        found.add("credential.secret", "Type the access key: it is sealed for the agencies you consent to.")
        return
    own, last = keys.own(request), found.day("window", "ends_on")
    kinds = [kind for kind in keys.KINDS if kind in found.data["variants"].get("variants", [])]
    for slot in dict.fromkeys(key_rules.serving(kind, own) for kind in kinds):
        _key(found, slot, live.get(slot), kinds, own)
        key, field = live.get(slot), f"credential.{slot}_expires_on" if slot else "credential.expires_on"
        if key and key.expires_on and last and key.expires_on < last:
            found.add(field, "The key expires before the window ends. Use one that lasts until then.")


def _key(found: Submission, slot: str, key: AccessCredential | None, kinds: list[str], own: set[str]) -> None:
    """Whether the key of a slot is there and sealed for every agency that may test what it serves."""
    field = f"credential.{slot}_secret" if slot else "credential.secret"
    served = key_rules.serves(slot, offered=kinds, own=own)
    if key is None:
        found.add(field, f"No key is sealed for: {keys.words(served)}. Type it.")
        return
    withheld, sealed = keys.drafted_withheld(found.data["agencies"]), queries.sealed_for(key)
    for agency in found.agencies:
        refused = [kind for kind in served if (agency.slug, kind) in withheld]
        if refused and len(refused) < len(served):
            words = f"{agency.name} may not test “{keys.words(refused)}”, and one key serves it and others. Type a key of its own."
            found.add(f"credential.{refused[0]}_secret", words)
        elif not refused and agency.pk not in sealed:
            words = f"The key was sealed before {agency.name} was chosen, so it cannot open it. Type the key again."
            found.add(field, words)


def now() -> datetime:
    """The instant that checks compare with."""
    return timezone.now()
