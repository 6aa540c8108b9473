"""An amendment as operations on clauses and terms: found between two texts, checked against a third, put into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from agreements import texts

TAKES_EFFECT = "takes_effect_on"
# Terms that belong to one instrument: when the agreement took effect is past, when the amendment does is its own.
APART = ("effective_on", TAKES_EFFECT)
SPEC: dict[str, Any] = {
    "key": TAKES_EFFECT, "label": "This amendment takes effect on", "kind": "date", "default": "", "required": False,
    "help": "Leave empty for the day of the last signature.",
}  # fmt: skip


@dataclass(frozen=True)
class Passage:
    """A clause in a text. `origin` is the stored row it comes from; `changed_by` numbers the amendments that made it so."""

    clause_id: str
    heading: str
    text: str
    parameters: Mapping[str, Any]
    origin: Any = None
    changed_by: tuple[int, ...] = ()
    deleted: bool = False

    @property
    def text_hash(self) -> str:
        """As of a clause of a version."""
        return texts.clause_hash(self.heading, self.text, self.parameters)

    @property
    def filled(self) -> str:
        """The text as people read it."""
        return texts.fill(self.text, self.parameters)


@dataclass(frozen=True)
class Text:
    """All clauses, those that were deleted in their old place, and the terms."""

    passages: tuple[Passage, ...] = ()
    variables: Mapping[str, Any] = field(default_factory=dict)

    @property
    def standing(self) -> list[Passage]:
        """What is in force."""
        return [passage for passage in self.passages if not passage.deleted]

    @property
    def hashes(self) -> dict[str, str]:
        """Clause id → hash, in order."""
        return {passage.clause_id: passage.text_hash for passage in self.standing}

    @property
    def text_hash(self) -> str:
        """Of the whole."""
        return texts.digest({"clauses": [list(pair) for pair in self.hashes.items()], "variables": self.variables})


@dataclass(frozen=True)
class Operation:
    """One change. `expects` is the clause's hash, or the term as canonical JSON, against which it was written."""

    kind: str
    clause_id: str = ""
    after: str = ""
    name: str = ""
    expects: str = ""
    value: Any = None
    passage: Passage | None = None
    heading: str = ""


def operations(base: Text, draft: Text) -> list[Operation]:
    """What leads from one text to the other: terms first, then clauses in the order of the new text."""
    found = [
        Operation("set", name=name, expects=texts.canonical(base.variables.get(name, "")), value=draft.variables[name])
        for name in draft.variables
        if name not in APART and _said(base, name) != _said(draft, name)
    ]
    old, new = {p.clause_id: p for p in _with_terms(base, draft)}, [p.clause_id for p in draft.standing]
    was = base.hashes
    found += [Operation("delete", k, expects=was[k], heading=p.heading) for k, p in old.items() if k not in new]
    before = ""
    for passage in draft.standing:
        key = passage.clause_id
        if key not in old:
            found.append(Operation("insert", key, after=before, passage=passage, heading=passage.heading))
        elif old[key].text_hash != passage.text_hash:
            found.append(Operation("replace", key, expects=was[key], passage=passage, heading=passage.heading))
        before = key
    return found


def _said(text: Text, name: str) -> str:
    value = text.variables.get(name)
    return texts.canonical("" if value is None else value)


def _with_terms(base: Text, draft: Text) -> list[Passage]:
    """The base's clauses as they read with the draft's terms alone."""
    terms = {name: value for name, value in draft.variables.items() if name not in APART}
    return [_filled(passage, terms) for passage in base.standing]


def _filled(passage: Passage, terms: Mapping[str, Any], **more: Any) -> Passage:
    return replace(passage, parameters={k: terms.get(k, v) for k, v in passage.parameters.items()}, **more)


def as_data(op: Operation) -> dict[str, Any]:
    """An operation as it enters the text's hash."""
    said = {"kind": op.kind, "clause": op.clause_id, "after": op.after, "term": op.name, "expects": op.expects}
    return {**said, "value": op.value, "hash": op.passage.text_hash if op.passage else ""}


def touched(base: Text, draft: Text) -> list[str]:
    """Ids of the base's clauses that read otherwise in the draft, or stand there no more."""
    now = draft.hashes
    return [key for key, text_hash in base.hashes.items() if now.get(key) != text_hash]


def reordered(base: Text, draft: Text) -> bool:
    """Whether clauses that stay stand in another order."""
    old, new = list(base.hashes), list(draft.hashes)
    return [key for key in old if key in new] != [key for key in new if key in old]


def conflicts(base: Text, draft: Text, now: Text) -> list[str]:
    """What of an amendment (from `base` to `draft`) no longer fits the text as it stands: clause ids and term names."""
    if base.text_hash == now.text_hash:
        return []
    was, stands = base.hashes, now.hashes
    found = [key for key in touched(base, draft) if stands.get(key) != was[key]]
    changes = operations(base, draft)
    terms = {**now.variables, **{op.name: op.value for op in changes if op.kind == "set"}}
    for op in changes:
        if op.passage is not None:  # its words are signed with the terms in them
            found += [name for name, value in op.passage.parameters.items() if name in terms and terms[name] != value]
        if op.kind == "set" and texts.canonical(now.variables.get(op.name, "")) != op.expects:
            found.append(op.name)
        if op.kind == "insert" and (op.clause_id in stands or (op.after in was and op.after not in stands)):
            found.append(op.after if op.after not in stands else op.clause_id)
    return list(dict.fromkeys(found))


def applied(now: Text, changes: Sequence[Operation], number: int) -> Text:
    """The text after an amendment. What does not fit (see `conflicts`) is left out."""
    terms = {op.name: op.value for op in changes if op.kind == "set"}
    variables = {**now.variables, **terms}
    by = {op.clause_id: op for op in changes if op.kind in ("replace", "delete")}
    found: list[Passage] = []
    for passage in now.passages:
        op = None if passage.deleted else by.get(passage.clause_id)
        if op is None:
            stays = passage.deleted or terms.keys().isdisjoint(passage.parameters)
            found.append(passage if stays else _reread(passage, terms, number))
        elif op.passage is None:
            found.append(replace(passage, deleted=True, changed_by=(*passage.changed_by, number)))
        else:
            found.append(_filled(op.passage, variables, changed_by=(*passage.changed_by, number)))
    for op in changes:
        if op.kind == "insert" and op.passage is not None:
            found.insert(_place(found, op.after), _filled(op.passage, variables, changed_by=(number,)))
    return Text(tuple(found), variables)


def _reread(passage: Passage, terms: Mapping[str, Any], number: int) -> Passage:
    filled = _filled(passage, terms)
    if filled.parameters == passage.parameters:
        return passage
    return replace(filled, changed_by=(*passage.changed_by, number))


def clause_hash(passage: Passage, parameters: Mapping[str, Any]) -> str:
    """The hash of a clause with other values."""
    return texts.clause_hash(passage.heading, passage.text, parameters)


def _place(passages: Sequence[Passage], after: str) -> int:
    """Behind the clause it follows; at the beginning without one, at the end where that one stands no more."""
    if not after:
        return 0
    places = [at for at, passage in enumerate(passages) if passage.clause_id == after and not passage.deleted]
    return places[0] + 1 if places else len(passages)
