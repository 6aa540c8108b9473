"""Every address of the product with a developer's own ids and references in it: what somebody would try who knew them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.authorization import matrix
from tests.canary.house import House

# Other objects of the same kind, by the name under which the addresses of tests/authorization ask for one.
OTHERS = {
    "agreement": ("in_force", "draft_agreement", "signing"),
    "submitted": ("opened", "draft_request", "withdrawn"),
    "run": ("kept_run", "refused_run"),
}
ODD = (
    "/agreements/%00/", "/agreements/..%2f..%2fetc/", "/agreements/AGR-0000-0000/?q=%3Cscript%3E", "/requests/%FF%FE/",
    "/models/MDL-%27%20OR%201=1--/", "/findings/%E2%80%AE/", "/api/v1/agreements/AGR-0000-0000/?size=zz&cursor=%00",
    "/api/v1/agreements/?cursor=bm90LWEtY3Vyc29y", "/api/v1/agreements/?size=0", "/api/v1/requests/?cursor=%FF",
    "/agreements/?cursor=zzz", "/requests/?status=%00", "/requests/?status=draft%27", "/search/?q=%00", "/search/?q=%FF",
    "/nowhere/", "/api/v1/nowhere/", "/agreements/AGR-0000-0000", "/invitation/%20/", "/admin/nowhere/",
)  # fmt: skip


def objects(house: House) -> Iterator[dict[str, Any]]:
    """The house's objects, and again with each other one of a kind."""
    yield house.objects
    for name, others in OTHERS.items():
        yield from ({**house.objects, name: house.objects[other]} for other in others)


def guesses(house: House) -> list[str]:
    """Each address once."""
    routes = matrix.routes()
    found = [matrix.address(route, known) for known in objects(house) for route in routes]
    return list(dict.fromkeys(found))
