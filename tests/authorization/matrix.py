"""Who gets which answer where: every pattern of the resolver, filled with Aurora's objects, asked as every role."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.authorization.stage import Stage
from tests.test_access_map import patterns

FILE = Path(__file__).parent / "access_matrix.csv"
METHODS = ("GET", "POST")
UNROUTED = "accounts/"  # allauth's pages concern only the person at the keyboard; tests/accounts walks them
# One of each kind: all roles of the stage take three times as long as the gate can spare.
ASKED = (
    "own.drafter", "own.security", "own.signatory", "own.stale-step-up", "own.guest", "own.left", "own.deactivated",
    "rival.drafter", "commerce.intake", "caisi.evaluator", "caisi.not-attested", "treasury.evaluator",
    "treasury.unenrolled",
    "nsa.designator", "no-party.router", "auditor", "superuser", "anonymous",
)  # fmt: skip
Row = tuple[str, str, str]

# The object that stands in for a parameter, by the beginning of the route; the longest beginning wins.
REFERENCES = {
    "agreements/": "agreement", "agreements/<str:reference>/edit": "draft_agreement",
    "agreements/<str:reference>/autosave": "draft_agreement", "agreements/<str:reference>/send": "draft_agreement",
    "agreements/<str:reference>/sign": "signing", "agreements/<str:reference>/decline": "signing",
    "agreements/<str:reference>/signatories": "signing", "agreements/<str:reference>/sign/card": "card_signing",
    "agreements/<str:reference>/sign/device": "device_signing",
    "agreements/<str:reference>/executed": "in_force", "agreements/<str:reference>/certificate": "in_force",
    "agreements/<str:reference>/check-copy": "in_force",
    "agreements/<str:reference>/publish": "in_force", "agreements/<str:reference>/unpublish": "in_force",
    "agreements/<str:reference>/suspend": "in_force",
    "agreements/<str:reference>/resume": "in_force", "agreements/<str:reference>/terminate": "in_force",
    "agreements/<str:reference>/leave": "in_force", "agreements/<str:reference>/stay": "in_force",
    "agreements/<str:reference>/take": "in_force", "agreements/<str:reference>/give_leave": "in_force",
    "agreements/<str:reference>/draft": "draft_agreement", "agreements/<str:reference>/amend/": "in_force",
    "agreements/<str:reference>/renew/": "in_force", "agreements/<str:reference>/text": "in_force",
    "agreements/<str:reference>/consolidated": "in_force", "agreements/<str:reference>/amendments/": "in_force",
    "agreements/<str:reference>/components/": "planned",
    "agreements/<str:reference>/catch-up/": "amendment", "agreements/<str:reference>/catch_up/": "amendment",
    "requests/": "submitted", "requests/<slug:reference>/section": "draft_request",
    "requests/<slug:reference>/check": "draft_request", "requests/<slug:reference>/connect": "opened",
    "requests/<slug:reference>/close-early": "opened", "requests/<slug:reference>/return": "withdrawn",
    "requests/<slug:reference>/release": "opened", "requests/<slug:reference>/blocked": "opened",
    "requests/<slug:reference>/weights": "weights", "requests/<slug:reference>/proof": "opened",
    "requests/<slug:reference>/revocation-proofs": "opened", "requests/<slug:reference>/answers": "opened",
    "requests/<slug:reference>/extension": "opened", "requests/<slug:reference>/change": "opened",
    "models/": "model", "assignments/": "assignment", "findings/": "finding", "incidents/": "incident",
    "assignments/<str:reference>/report": "reported", "assignments/<str:reference>/fact-checks/": "reported",
    "agreements/<str:reference>/access/": "in_force",
    "inquiries/": "inquiry", "inquiries/<slug:reference>/change": "draft_inquiry",
    "requests/<slug:reference>/partners": "opened", "partners/": "partner",
    "partners/<slug:reference>/terms": "agreed_partner", "partners/<slug:reference>/suspend": "active_partner",
    "partners/<slug:reference>/revoke": "active_partner",
}  # fmt: skip
KEYS = {
    "organisation/people/": "member", "organisation/invitations/": "invitation", "organisation/tokens/": "token",
    "organisation/webhooks/": "webhook", "organisation/webhooks/deliveries/": "message",
    "webhooks/": "webhook", "webhooks/deliveries/": "message", "tokens/": "token", "invitations/": "invitation", "people/": "member",
    "agreements/authorities/": "authority", "agreements/posts/": "post", "agreements/incumbents/": "incumbency",
    "posts/": "post", "incumbents/": "incumbency", "agreements/certificates/": "own_certificate", "certificates/": "own_certificate",
    "models/verification/": "unverified", "routing/": "attempt", "routing/decisions/": "decision",
    "routing/rules/": "rule_draft", "routing/capacity/periods/": "period", "routing/overloads/": "overload",
    "routing/exclusions/": "exclusion", "conflicts/": "conflict",
    "requests/<slug:reference>/return/": "return_item", "requests/<slug:reference>/release/": "release",
    "requests/<slug:reference>/release-notices/": "release", "requests/<slug:reference>/return-items/": "return_item",
    "requests/<slug:reference>/blocked/": "blocked", "requests/<slug:reference>/blocked-times/": "blocked",
    "requests/<slug:reference>/proof/": "proof", "requests/<slug:reference>/revocation-proofs/": "proof",
    "requests/<slug:reference>/own-results/": "claim",
    "requests/<slug:reference>/consent/": "consent", "requests/<slug:reference>/answers/": "answer",
    "requests/<slug:reference>/extension/": "extension", "requests/<slug:reference>/extensions/": "extension",
    "authorities/": "authority", "developers/": "organisation",
    "assignments/<str:reference>/fact-checks/": "fact_check", "agreements/<str:reference>/access/": "grant",
    "agreements/<str:reference>/comments/": "comment", "agreements/<str:reference>/suggestions/": "suggestion",
    "agreements/<str:reference>/signatories/": "signatory",
    "assignments/<str:reference>/reports/": "publication",
    "assignments/<str:reference>/runs/": "run", "assignments/<str:reference>/run-notes/": "run_row",
    "assignments/<str:reference>/launches/": "launch", "assignments/<str:reference>/logs/": "run",
    "assignments/<str:reference>/shared-runs/": "shared_run",
}  # fmt: skip
# No organisation's objects: everybody who is signed in reads the clause library, counsel of agencies edit it; whoever has a
# file has its hash.
NOBODYS = ("agreements/library/", "clause-library/", "agreement-templates/", "verify/")
# Rows numbered one by one: whose number 1 is depends on which tests ran before.
NOBODYS_NUMBER = {"profile/sessions/<int:number>/end/"}
WORDS = {
    "parent": "commerce", "component": "commerce-caisi", "variant": "common", "version": "1",
    "number": "1", "name": "dates", "agency": "treasury", "verb": "accept", "token": "no-such-token", "key": "publication",
    "criterion": "1ii", "sha256": "0" * 64, "kind": "ml_bom",
    "template": "framework-mou",
    "uidb36": "0", "section": "dates",
}  # fmt: skip


def chosen(route: str, table: dict[str, str]) -> str | None:
    bare = route.removeprefix("api/v1/")
    return table.get(max((k for k in table if bare.startswith(k)), key=len, default=""))


def address(route: str, objects: dict[str, Any], *, unknown: bool = False) -> str:
    """The route with its parameters filled, or a sentence that says what to add."""
    path = route
    while "<" in path:
        start, end = path.index("<"), path.index(">")
        kind, _, name = path[start + 1 : end].rpartition(":")
        found = chosen(route, KEYS if kind == "uuid" else REFERENCES) if name in ("pk", "reference") else None
        value = objects.get(found or "") if name in ("pk", "reference") else WORDS.get(name)
        if route in NOBODYS_NUMBER:
            value = "0"
        if value is None:
            raise LookupError(
                f"{route}: no object for <{name}>. Add one to Stage in tests/authorization/stage.py and name it"
                " in REFERENCES, KEYS or WORDS of tests/authorization/matrix.py."
            )
        if unknown and name in ("pk", "reference"):
            value = uuid4() if kind == "uuid" else "ZZZ-0000-00"
        path = path[:start] + str(value) + path[end + 1 :]
    return "/" + path


def routes() -> list[str]:
    """Every pattern of ours, pages and API."""
    found = [r for r, _ in patterns() if not r.startswith((UNROUTED, "admin/")) and "^" not in r]
    return sorted(set(found))


def methods(route: str) -> tuple[str, ...]:
    """GET and POST everywhere, and what else a view of the API answers."""
    views = [getattr(entry.callback, "cls", None) for known, entry in patterns() if known == route]
    more = [m for m in ("PUT", "PATCH", "DELETE") if any(hasattr(view, m.lower()) for view in views if view)]
    return (*METHODS, *more)


def ask(client: Client, method: str, path: str) -> HttpResponse:
    """One request whose effect is undone. A question to the API carries what every such question must carry."""
    extra = {"headers": {"Idempotency-Key": str(uuid4())}} if path.startswith("/api/") else {}
    with transaction.atomic():
        body = (
            {"data": "{}", "content_type": "application/json"} if path.startswith("/api/") and method != "GET" else {}
        )
        answer = client.generic(method, path, **body, **extra)
        transaction.set_rollback(True)
    return answer


def ask_with(client: Client, method: str, path: str, body: dict[str, Any]) -> HttpResponse:
    """One question with a body: JSON to the API, a form to a page. The caller undoes its effect."""
    if not path.startswith("/api/"):
        return client.post(path, body)
    headers = {"Idempotency-Key": str(uuid4())}
    return client.generic(method, path, json.dumps(body), content_type="application/json", headers=headers)


def word(answer: HttpResponse) -> str:
    """The class of an answer."""
    if answer.status_code == 302:
        where = answer["Location"]
        if "/login/" in where:
            return "302-login"
        return "302-confirm" if "reauthenticate" in where or "confirm" in where else "302"
    return str(answer.status_code)


def measured(stage: Stage) -> dict[Row, dict[str, str]]:
    """(pattern, method, object) → role → answer."""
    found: dict[Row, dict[str, str]] = defaultdict(dict)
    for route in routes():
        path = address(route, stage.objects)
        ownership = "aurora" if "<" in route and not route.removeprefix("api/v1/").startswith(NOBODYS) else "-"
        for method in methods(route):
            for role in ASKED:
                found[route, method, ownership][role] = word(ask(stage.clients[role], method, path))
    return dict(found)


def write(found: dict[Row, dict[str, str]]) -> None:
    """One line per pattern, method, object and answer; the roles that get it stand at its end."""
    with FILE.open("w", newline="") as handle:
        lines = csv.writer(handle, lineterminator="\n")
        lines.writerow(("pattern", "method", "object", "answer", "roles"))
        for row in sorted(found):
            groups: dict[str, list[str]] = defaultdict(list)
            for role, answer in sorted(found[row].items()):
                groups[answer].append(role)
            lines.writerows((*row, answer, " ".join(roles)) for answer, roles in sorted(groups.items()))


def committed() -> dict[Row, dict[str, str]]:
    """The file, as `measured` returns it."""
    found: dict[Row, dict[str, str]] = defaultdict(dict)
    with FILE.open(newline="") as handle:
        for line in csv.DictReader(handle):
            for role in line["roles"].split():
                found[line["pattern"], line["method"], line["object"]][role] = line["answer"]
    return dict(found)


def differences(old: dict[Row, dict[str, str]], new: dict[Row, dict[str, str]]) -> list[str]:
    """A sentence for each cell that changed."""
    found = []
    for row in sorted(old.keys() | new.keys()):
        before, after = old.get(row, {}), new.get(row, {})
        found += [
            f"{row[1]} {row[0]} as {role}: {before.get(role, 'not in the file')} → {after.get(role, 'gone')}"
            for role in sorted(before.keys() | after.keys())
            if before.get(role) != after.get(role)
        ]
    return found
