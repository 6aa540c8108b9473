"""The workflow engine: tables are checked when they are made, and answers come in words."""

import pytest

from core.workflow import Move, State, Workflow

DOOR = Workflow(
    "Door",
    (State("shut", "Shut", "porter"), State("open", "Open"), State("locked", "Locked")),
    (
        Move("open", ("shut",), "open", "porter", "Open"),
        Move("shut", ("open",), "shut", "anyone", "Shut"),
        Move("lock", ("shut",), "locked", "porter", "Lock", needs_reason=True),
    ),
)


def test_the_first_state_is_initial() -> None:
    assert DOOR.initial == "shut"
    assert DOOR.births == ("shut",)


def test_moves_are_found_by_state_and_party() -> None:
    assert [m.name for m in DOOR.moves_from("shut")] == ["open", "lock"]
    assert [m.name for m in DOOR.moves_from("shut", ["anyone"])] == []


def test_a_move_from_the_wrong_state_is_refused_in_words() -> None:
    decision = DOOR.may("open", "lock")
    assert not decision
    assert "“Open”" in decision.reason


def test_unknown_states_and_moves_are_errors() -> None:
    with pytest.raises(ValueError, match="unknown state"):
        Workflow("X", (State("a", "A"),), (Move("go", ("a",), "b", "p", "Go"),))
    with pytest.raises(ValueError, match="stands twice"):
        Workflow("X", (State("a", "A"), State("a", "B")), ())
    with pytest.raises(KeyError, match="no move"):
        DOOR.move("burn")


def test_pairs_are_what_the_trigger_enforces() -> None:
    assert DOOR.pairs == (("open", "shut"), ("shut", "locked"), ("shut", "open"))


def test_the_diagram_names_every_move() -> None:
    diagram = DOOR.diagram()
    assert "[*] --> shut" in diagram
    assert "shut --> locked: lock (porter)" in diagram
