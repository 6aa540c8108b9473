"""Reads of access keys: which are live, which variants each serves, who may hold it, and what each side is shown of them.

Opening one is `actions.credentials`; nothing here ever holds a plaintext."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from accounts.models import Organisation, User
from developers.models import ModelVariant
from early_access.models import (
    EVERY_VARIANT,
    AccessCredential,
    AccessSpecification,
    CredentialWrap,
    EarlyAccessRequest,
    HeldAnswer,
    RequestSection,
    RequestVariant,
    RevocationProof,
    VariantConsent,
)
from early_access.models.keys import variant_label
from early_access.rules import keys as rules

KINDS = tuple(str(kind) for kind in ModelVariant.Kind.values)
COMMON_SLUG = "common"


def live(request: EarlyAccessRequest, agency: Organisation | None = None) -> list[AccessCredential]:
    """The keys in use, the common one first; with an agency those that are sealed for it. An agency's people see theirs
    once they are released."""
    rows = AccessCredential.objects.filter(request=request, revoked_at__isnull=True)
    if agency is not None:
        rows = rows.filter(pk__in=CredentialWrap.objects.filter(organisation=agency).values("target"))
    return sorted(rows, key=lambda key: (*KINDS, EVERY_VARIANT).index(key.variant) if key.variant else -1)


def reaching(request: EarlyAccessRequest, agency: Organisation, variant: str) -> AccessCredential | None:
    """The live key with which an agency reaches a variant: that variant's own, else the common one; None without one."""
    slot = rules.serving(variant, own(request))
    return next((key for key in live(request, agency) if key.variant == slot), None)


def newest(request: EarlyAccessRequest, variant: str = EVERY_VARIANT) -> AccessCredential | None:
    """The newest key of a variant, live or revoked."""
    return AccessCredential.objects.filter(request=request, variant=variant).order_by("-version").first()


def variant_of(slug: str) -> str | None:
    """The variant of an address; None where there is no such one."""
    if slug == COMMON_SLUG:
        return EVERY_VARIANT
    return slug if slug in KINDS else None


def address(key: AccessCredential, specification: AccessSpecification | None) -> tuple[str, str]:
    """Base URL and model name that a key is used with."""
    return (
        key.base_url or (specification.base_url if specification else ""),
        key.model_name or (specification.model_name if specification else ""),
    )


def offered(request: EarlyAccessRequest) -> list[str]:
    """The variants on offer: as submitted, or as drafted so far."""
    rows = RequestVariant.objects.filter(request=request).values_list("kind", flat=True)
    found = set(rows) if request.submitted_at else set(_drafted(request, "variants").get("variants", []))
    return [kind for kind in KINDS if kind in found]


def own(request: EarlyAccessRequest) -> set[str]:
    """Variants that have or had a key of their own: the common key never serves them (again)."""
    rows = AccessCredential.objects.filter(request=request).exclude(variant=EVERY_VARIANT)
    return set(rows.values_list("variant", flat=True))


def withheld(request: EarlyAccessRequest) -> set[tuple[str, str]]:
    """(agency's slug, variant) without consent: as it stands now, or as drafted so far."""
    if request.submitted_at and request.status != "needs_information":
        rows = VariantConsent.objects.filter(request=request, consented=False)
        return set(rows.values_list("agency__slug", "kind"))
    return drafted_withheld(_drafted(request, "agencies"))


def drafted_withheld(agencies: dict[str, list[str]]) -> set[tuple[str, str]]:
    """The same out of the section “Agencies and consent”."""
    return {(slug, kind) for kind in KINDS for slug in agencies.get(f"without_{kind}", [])}


def _drafted(request: EarlyAccessRequest, section: str) -> dict[str, list[str]]:
    row = RequestSection.objects.filter(request=request, name=section).first()
    return row.data if row else {}


def holders(
    request: EarlyAccessRequest, variant: str, agencies: Iterable[Organisation], *, also_own: Iterable[str] = ()
) -> list[Organisation]:
    """Those of the agencies that may hold the key of a variant. `also_own`: variants that get a key of their own with it."""
    named = {str(agency.slug): agency for agency in agencies}
    found = rules.holders(
        variant, offered=offered(request), own=own(request).union(also_own, {variant} if variant else ()),
        agencies=list(named), withheld=withheld(request),
    )  # fmt: skip
    return [named[slug] for slug in found]


def serves(request: EarlyAccessRequest, variant: str) -> list[str]:
    """The variants that the key of a variant serves."""
    return rules.serves(variant, offered=offered(request), own=own(request))


def words(kinds: Iterable[str]) -> str:
    """Variants as people read them."""
    return ", ".join(variant_label(kind) for kind in kinds)


@dataclass(frozen=True)
class Card:
    """What one key is to a reader. `key` is None where none is sealed, or none is released yet. `sealed_for` is the
    developer's to read; an agency reads that it holds the key itself."""

    variant: str
    title: str
    key: AccessCredential | None
    base_url: str
    model_name: str
    sealed_for: list[Organisation]
    too_short: bool = False
    serves: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """In addresses."""
        return self.variant or COMMON_SLUG


def for_developer(
    request: EarlyAccessRequest, specification: AccessSpecification | None, until: date | None
) -> list[Card]:
    """One card for each key that serves something, also where none is sealed now."""
    kinds, special, found = offered(request), own(request), {key.variant: key for key in live(request)}
    slots = list(dict.fromkeys(rules.serving(kind, special) for kind in kinds)) or [EVERY_VARIANT]
    wraps = CredentialWrap.objects.filter(target__in=found.values()).select_related("organisation")
    named: dict[object, list[Organisation]] = {}
    for wrap in wraps.order_by("organisation__name"):
        named.setdefault(wrap.target_id, []).append(wrap.organisation)
    cards = []
    for variant in sorted({*slots, *found}, key=lambda slot: KINDS.index(slot) if slot else -1):
        key = found.get(variant)
        base_url, model_name = address(key or AccessCredential(), specification)
        short = bool(key and key.expires_on and until and key.expires_on < until)
        served = rules.serves(variant, offered=kinds, own=special)
        title, holding = words(served) or variant_label(variant), named.get(key.pk, []) if key else []
        cards.append(Card(variant, title, key, base_url, model_name, holding, short, tuple(served)))
    return cards


def for_agency(
    request: EarlyAccessRequest, agency: Organisation, specification: AccessSpecification | None
) -> list[Card]:
    """One card for each key that this agency reaches a variant with, also where none is sealed or released yet."""
    rows = VariantConsent.objects.filter(request=request, agency=agency, consented=True)
    slot_of = {row.kind: row.kind if row.own_key else EVERY_VARIANT for row in rows}
    kinds, found = [kind for kind in KINDS if kind in slot_of], {key.variant: key for key in live(request, agency)}
    cards = []
    for variant in dict.fromkeys(sorted((slot_of[kind] for kind in kinds), key=lambda slot: slot != EVERY_VARIANT)):
        key = found.get(variant)
        base_url, model_name = address(key or AccessCredential(), specification)
        served = tuple(kind for kind in kinds if slot_of[kind] == variant)
        cards.append(Card(variant, words(served), key, base_url, model_name, [], serves=served))
    return cards


def consents(request: EarlyAccessRequest) -> list[VariantConsent]:
    """Consent per agency and variant, as far as the reader's side sees it."""
    rows = VariantConsent.objects.filter(request=request).select_related("agency")
    return sorted(rows, key=lambda row: (row.agency.name, KINDS.index(row.kind)))


def proofs(request: EarlyAccessRequest, user: User) -> list[RevocationProof]:
    """Revoked keys that agencies had opened, newest first, and whether the endpoint refuses them."""
    rows = RevocationProof.objects.visible_to(user).filter(request=request).select_related("agency")
    return list(rows.order_by("-created_at", "agency__name")[:50])


SOON = timedelta(seconds=20)  # a worker that is there answers within


def answer_words(answer: HeldAnswer) -> str:
    """Where an opening stands that the agency's own worker answers, as people read it."""
    name, until = answer.agency.name, f"{answer.expires_at:%H:%M} UTC"
    if answer.state != HeldAnswer.State.WAITING:
        return "The agency’s worker opened the key and sealed it to this page. It is handed out once."
    if timezone.now() - answer.created_at < SOON:
        return f"The worker of {name} is asked to open the key. This takes seconds; stay on this page."
    return (
        f"The worker of {name} has not answered yet: it is away or busy. Stay on this page until {until}; after that ask again. If "
        "it stays so, tell whoever runs your agency’s own host. Nothing was opened so far."
    )
