"""Who walks through the product, and which words their organisation and work give them (see house.py)."""

from __future__ import annotations

from dataclasses import dataclass

from django.test import Client

from tests.canary.house import CAISI, House
from tests.world import World, client_for

HOUR = 3600  # for so long nobody is asked to confirm who they are: the answers are to be compared


@dataclass(frozen=True)
class Visitor:
    """One person at the keyboard. `stranger`: has nothing to do with Basalt, not even an id of it.

    `each`: how many pages of one kind they open; `filters`: whether they try every choice of every filter.
    """

    name: str
    client: Client
    words: frozenset[str]
    stranger: bool = False
    admin: bool = False
    each: int = 1
    filters: bool = False


# name → (organisation, role, which of several, words). Agencies read names of developers.
PEOPLE: dict[str, tuple[str, str, int, tuple[str, ...]]] = {
    "rival drafter": ("aurora", "drafter", 0, ("aurora",)),
    "rival security": ("aurora", "security", 0, ("aurora",)),
    "rival administrator": ("aurora", "administrator", 0, ("aurora",)),
    "no-party router": ("defense", "router", 0, ("agency",)),
    "no-party evaluator": ("defense-nsa", "evaluator", 0, ("agency",)),
    "party to one": ("homeland", "router", 0, ("agency", "homeland")),
    "party to one, counsel": ("homeland", "counsel", 0, ("agency", "homeland")),
    "component, counsel": ("homeland-cisa", "counsel", 0, ("agency", "homeland-cisa")),
    "treasury counsel": ("treasury", "counsel", 0, ("agency", "treasury")),
    "treasury evaluator": ("treasury", "evaluator", 0, ("agency", "treasury")),
    "commerce intake": ("commerce", "intake", 0, ("agency", "commerce", CAISI)),
    "commerce router": ("commerce", "router", 0, ("agency", "commerce", CAISI)),
    "evaluator": (CAISI, "evaluator", 0, ("agency", CAISI, "attested")),
    "evaluator who did not attest": (CAISI, "evaluator", 1, ("agency", CAISI)),
    "designator": ("defense-nsa", "designator", 0, ("agency", "nsa")),
    "auditor": ("oversight", "auditor", 0, ("auditor",)),
    "drafter": ("basalt", "drafter", 0, ("basalt",)),
    "security": ("basalt", "security", 0, ("basalt",)),
    "counsel": ("basalt", "counsel", 0, ("basalt",)),
    "administrator": ("basalt", "administrator", 0, ("basalt",)),
}
STRANGERS = (
    "rival drafter", "rival security", "rival administrator", "rival guest", "no-party router", "no-party evaluator",
    "anonymous", "administrator of the installation",
)  # fmt: skip
EACH = {"party to one, counsel": 3, "treasury counsel": 6, "evaluator": 6, "drafter": 6, "designator": 3}
FILTERING = ("rival drafter", "no-party router")


def _client(client: Client) -> Client:
    client.raise_request_exception = False  # an error is an answer, to be read as well
    return client


def visitors(world: World) -> dict[str, Visitor]:
    """Everybody of the world. The two guests come with their houses (see `guest`)."""
    found = {
        name: Visitor(
            name, _client(client_for(world.person(home, role, index), ahead=HOUR)), frozenset(words), name in STRANGERS,
            each=EACH.get(name, 1), filters=name in FILTERING,
        )
        for name, (home, role, index, words) in PEOPLE.items()
    }  # fmt: skip
    found["anonymous"] = Visitor("anonymous", _client(Client()), frozenset(), stranger=True)
    staff = _client(client_for(world.staff, ahead=HOUR))
    found["administrator of the installation"] = Visitor(
        "administrator of the installation", staff, frozenset({"agency"}), stranger=True
    )
    found["administrator in the admin"] = Visitor(
        "administrator in the admin", staff, frozenset({"auditor"}), admin=True
    )
    return found


def guest(house: House) -> Visitor:
    """Outside counsel of a house, with a grant on one of its agreements."""
    rival = house.key == "aurora"
    words = frozenset({"aurora"} if rival else {"guest"})
    return Visitor(
        "rival guest" if rival else "guest", _client(client_for(house.guest, ahead=HOUR)), words, stranger=rival
    )
