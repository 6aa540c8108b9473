"""The routing rule by itself: each obstacle has its words, and the first rule that fits names the assignment."""

from dataclasses import replace

import pytest

from agencies.domains import RiskDomain as D
from evaluations.rules.routing import Candidate, Capability, Rule, Wanted, decide

NSA = Candidate("defense-nsa", "Defense/NSA", (Capability(D.CYBERSECURITY, 3, 3, 2),))
RULES = [Rule(4, D.CYBERSECURITY, "defense-nsa", 2), Rule(1, D.CYBERSECURITY, "treasury", 1)]
CYBER = Wanted((D.CYBERSECURITY,), 1)


def test_a_placement_says_rule_domain_level_and_places() -> None:
    found = decide(CYBER, RULES, NSA)
    assert found.placed
    assert found.sentence == "Defense/NSA: rule 4, cybersecurity, AL1, 2 of 3 places taken"
    assert (found.rule_number, found.domains) == (4, (D.CYBERSECURITY,))


@pytest.mark.parametrize(
    ("wanted", "candidate", "words"),
    [
        (CYBER, replace(NSA, agreement_in_force=False), "no agreement with this developer is in force"),
        (CYBER, replace(NSA, declined_before=True), "declined this request before"),
        (CYBER, replace(NSA, excluded="its test was stopped"), "its test was stopped"),
        (CYBER, replace(NSA, capabilities=()), "does not test this domain"),
        (CYBER, replace(NSA, capabilities=(Capability(D.CYBERSECURITY, 3, 3, 3),)), "3 of 3 places taken"),
        (Wanted((D.CYBERSECURITY,), 3), NSA, "covers access up to AL2, AL3 is offered"),
        (
            Wanted((D.CYBERSECURITY,), 2),
            replace(NSA, capabilities=(Capability(D.CYBERSECURITY, 1, 3, 0),)),
            "tests up to AL1",
        ),
        (Wanted((D.CHEMICAL_BIOLOGICAL,), 1), NSA, "no rule brings chemical and biological to this agency"),
    ],
)
def test_each_obstacle_has_its_words(wanted: Wanted, candidate: Candidate, words: str) -> None:
    found = decide(wanted, RULES, candidate)
    assert not found.placed
    assert words in found.sentence


def test_further_domains_join_the_assignment() -> None:
    both = replace(NSA, capabilities=(*NSA.capabilities, Capability(D.CRITICAL_INFRASTRUCTURE, 1, 1, 0)))
    rules = [*RULES, Rule(2, D.CRITICAL_INFRASTRUCTURE, "defense-nsa", 1)]
    found = decide(Wanted((D.CYBERSECURITY, D.CRITICAL_INFRASTRUCTURE), 1), rules, both)
    assert found.rule_number == 2
    assert set(found.domains) == {D.CYBERSECURITY, D.CRITICAL_INFRASTRUCTURE}
