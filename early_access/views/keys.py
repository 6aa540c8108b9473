"""The developer's access keys after the submission, one per variant or one for all: replace, take back, who may test what,
and proof that a revoked key is refused."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import stepup
from accounts.models import User
from accounts.seats import seats_of
from core.access import guarded
from core.decisions import Invalid
from core.forms import add_problems
from core.shortcuts import visible_or_404
from early_access import actions, keys, policies, queries
from early_access.forms import KeyForm
from early_access.models import EVERY_VARIANT, EarlyAccessRequest, RevocationProof, VariantConsent
from early_access.models.keys import variant_label
from early_access.views.base import person, request_of

ENDPOINT_TOO = (
    "Revoke it at your endpoint too: an agency that opened it may still hold it. Then have that checked on this page."
)

GIVEN = (
    "The agency gets each key that you seal from now on and that it may hold. A key that is sealed already does not open for it:"
    " replace that one."
)
TAKEN = (
    "Every key that reaches this variant opens for this agency no more, at once; a key that serves other variants too goes with"
    f" it. {ENDPOINT_TOO}"
)


def panel(row: EarlyAccessRequest, me: User) -> dict[str, Any]:
    """For the request's page: the keys as this side may read them, and what can be done with them."""
    if not row.submitted_at:
        return {}
    proofs = [{"row": proof, "may_ask": policies.may_ask_proof(me, proof)} for proof in keys.proofs(row, me)]
    found: dict[str, Any] = {"proofs": proofs, "consents": _table(keys.consents(row))}
    if not seats_of(me).holds(row.developer_id):
        return found
    window = getattr(row, "window", None)
    until = window.ends_on if window else None
    cards = keys.for_developer(row, queries.specification(row), until)
    special = {card.variant for card in cards}
    more = [(kind, variant_label(kind)) for kind in keys.offered(row) if kind not in special]
    return found | {
        "keys": cards, "own_keys": more if len(keys.offered(row)) > 1 else [],
        "may_replace_key": policies.may_replace_key(me, row), "may_revoke_key": policies.may_revoke_key(me, row),
        "may_change_consent": policies.may_change_consent(me, row),
    }  # fmt: skip


def _table(rows: list[VariantConsent]) -> dict[str, Any]:
    """Consent as a table: a row per agency, a column per variant. With one variant there is nothing to tell apart."""
    kinds = list(dict.fromkeys(row.kind for row in sorted(rows, key=lambda row: keys.KINDS.index(row.kind))))
    agencies: dict[str, dict[str, VariantConsent]] = {}
    for row in rows:
        agencies.setdefault(row.agency.name, {})[row.kind] = row
    if len(kinds) < 2:
        return {}
    return {
        "kinds": [variant_label(kind) for kind in kinds],
        "rows": [(name, [(variant_label(k), said.get(k)) for k in kinds]) for name, said in agencies.items()],
    }


def _variant(slug: str | None) -> str | None:
    variant = keys.variant_of(slug) if slug else None
    if slug and variant is None:
        raise Http404
    return variant


@guarded("early_access.may_replace_key")
@stepup.required()
def replace_key(request: HttpRequest, reference: str, variant: str = "") -> HttpResponse:
    """Type another key. What was typed is in no page, log or session afterwards."""
    row, slot = request_of(request, reference), _variant(variant) or EVERY_VARIANT
    policies.may_replace_key(person(request), row).require()
    live = queries.live_credential(row, slot)
    kept = {"replaces": queries.last_key(row, slot)} | (
        {"base_url": live.base_url, "model_name": live.model_name} if live else {}
    )
    form = KeyForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            actions.replace_key(request=row, by=person(request), variant=slot, **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "The new key is sealed. The old one opens for nobody any more.")
            return redirect("early_access:request", row.reference)
    holders = keys.holders(row, slot, actions.with_access(row))
    serves = keys.words([slot] if slot else keys.serves(row, slot))
    context = {
        "row": row,
        "form": form,
        "live": live,
        "serves": serves,
        "holders": holders,
        "several": len(keys.offered(row)) > 1,
    }
    response = render(request, "early_access/replace_key.html", context)
    response["Cache-Control"] = "no-store"
    return response


@guarded("early_access.may_revoke_key")
def revoke_key(request: HttpRequest, reference: str, variant: str = "") -> HttpResponse:
    """Take a key back now, or all of them."""
    row, slot = request_of(request, reference), _variant(variant)
    policies.may_revoke_key(person(request), row, slot).require()
    if request.method == "POST":
        actions.revoke_key(request=row, by=person(request), variant=slot)
        messages.success(request, f"Taken back. The agencies are told. {ENDPOINT_TOO}")
        return redirect("early_access:request", row.reference)
    which = (
        "the key" if len(keys.live(row)) == 1 else "all keys" if slot is None else f"the key of “{variant_label(slot)}”"
    )
    words = {"title": f"Take {which} back", "button": f"Take {which} back now", "danger": "yes",
             "effect": "From now on what is sealed opens for nobody. The request goes on: testing waits until you seal another "
                       f"key. {ENDPOINT_TOO}"}  # fmt: skip
    return render(request, "early_access/step.html", {"row": row, **words})


@guarded("early_access.may_change_consent")
def change_consent(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Take consent to a variant back from an agency, or give it."""
    row = request_of(request, reference)
    found: VariantConsent = visible_or_404(VariantConsent, request.user, "agency", pk=pk, request=row)
    policies.may_change_consent(person(request), row).require()
    give = not found.consented
    if request.method == "POST":
        actions.change_consent(request=row, agency=found.agency, variant=found.kind, consented=give, by=person(request))
        messages.success(request, "Changed. The agency is told.")
        return redirect("early_access:request", row.reference)
    what, effect = f"{found.agency.name}: {found.get_kind_display()}", GIVEN if give else TAKEN
    words = {"title": "Consent to a variant" if give else "Take consent to a variant back",
             "button": "Consent" if give else "Take it back now", "danger": "" if give else "yes",
             "effect": f"{what}. {effect}"}  # fmt: skip
    return render(request, "early_access/step.html", {"row": row, **words})


@guarded("early_access.may_ask_proof")
def ask_proof(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """A revoked key: have the agency's worker ask the endpoint whether it is refused."""
    row = request_of(request, reference)
    found: RevocationProof = visible_or_404(RevocationProof, request.user, "agency", pk=pk, request=row)
    policies.may_ask_proof(person(request), found).require()
    if request.method == "POST":
        actions.ask_proof(proof=found, by=person(request))
        messages.success(request, "Asked. What the agency’s worker sees stands on this page for both sides.")
        return redirect("early_access:request", row.reference)
    words = {"title": "Have a revoked key checked", "button": "It is revoked: have it checked",
             "effect": f"Revoke the key at your endpoint first. Then the worker of {found.agency.name} uses it once, to see that it "
                       "is refused. No person can open it. Once it is refused, nothing is left of it in Concord."}  # fmt: skip
    return render(request, "early_access/step.html", {"row": row, **words})
