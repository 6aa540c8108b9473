"""The sections of a request as data: fields, who fills them, who will read them. Forms, the API and the check before
submitting are all made from this one table."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from agencies.domains import AccessLevel, RiskDomain
from core.decisions import Problem
from developers.models import ModelVariant
from early_access.models import MARKED, AccessSpecification, EarlyAccessRequest

SELECTED = "The agencies you consent to, from submission on"
NOBODY = "Nobody: sealed as soon as it is sent, opened only by evaluators of the agencies you consent to"
HOLDERS = "The agencies that the key is sealed for, once the window is open"
ITS_OWN = "Each agency reads of itself only, from submission on"
LONGEST = 4000
MONEY = re.compile(r"\d{1,9}(\.\d{1,4})?", re.ASCII)


@dataclass(frozen=True)
class Field:
    """One field. `kind`: text, long, date, int, money, bool, choice, many, row (an id of a row), rows, email, secret. `variant`: it is
    asked for that variant only, where several are on offer. `by`: only where the model is reached so, “endpoint” or “weights”.
    `stated`: agencies read it as it was typed, and nothing is decided by it (models.RequestStatement). `opens`: the heading of
    a group that begins with it."""

    name: str
    label: str
    kind: str = "text"
    required: bool = False
    choices: tuple[tuple[Any, str], ...] = ()
    hint: str = ""
    visible_to: str = SELECTED
    variant: str = ""
    by: str = ""
    stated: bool = False
    opens: str = ""


@dataclass(frozen=True)
class Section:
    """One section of the task list. `owner` is the role that usually fills it; `after` must be saved first."""

    name: str
    label: str
    owner: str
    fields: tuple[Field, ...] = field(default=())
    after: str = ""

    def field(self, name: str) -> Field:
        """The field of that name; KeyError when there is none."""
        return {f.name: f for f in self.fields}[name]


def _choices(words: Any) -> tuple[tuple[Any, str], ...]:
    return tuple((str(value), str(label)) for value, label in words.choices)


def _without(kind: ModelVariant.Kind) -> Field:
    """The agencies that test other variants only."""
    words = "They test the other variants only. Nothing ticked: every agency above may test it."
    return Field(
        f"without_{kind.value}",
        f"“{kind.label}” is not for",
        "rows",
        hint=words,
        visible_to=ITS_OWN,
        variant=kind.value,
    )


def _key(kind: ModelVariant.Kind) -> tuple[Field, ...]:
    """A key of its own for one variant: value, address and last day."""
    name, label = kind.value, str(kind.label)
    return (
        Field(f"{name}_secret", f"“{label}”: access key of its own", "secret", visible_to=NOBODY, variant=name,
              hint="Leave it empty where one key serves several variants."),
        Field(f"{name}_base_url", f"“{label}”: base URL", variant=name,
              hint="Only if it differs from the access specification.", visible_to=HOLDERS),
        Field(f"{name}_model_name", f"“{label}”: model name string", variant=name,
              hint="Only if it differs from the access specification.", visible_to=HOLDERS),
        Field(f"{name}_expires_on", f"“{label}”: the key expires on", "date", variant=name, visible_to=HOLDERS),
    )  # fmt: skip


AUTHENTICATION = (
    ("bearer", "Key in the header Authorization"), ("x_api_key", "Key in the header X-Api-Key"),
    ("client_certificate", "Client certificate beside the key"), ("other", "Otherwise, as the contact explains"),
)  # fmt: skip
LIMITS = "Limits and price"
REASONING = (("none", "None"), ("summary", "Summary"), ("raw", "Raw"))
SAFEGUARDS = (("allow_listed", "Key is allow-listed"), ("refuses", "Refuses"), ("bans", "May ban the key"))

SECTIONS: tuple[Section, ...] = (
    Section("identity", "Model and checkpoint", "drafter", (
        Field("track", "Track", "choice", True, _choices(EarlyAccessRequest.Track)),
        Field("model", "Model", "row", True),
        Field("checkpoint", "Checkpoint", "row", True, hint="Its configuration is pinned by its hash."),
        Field("changes_since", "Changes since an earlier request", "long"),
    )),
    Section("variants", "Variants", "drafter", (
        Field("variants", "Variants offered for testing", "many", True, _choices(ModelVariant.Kind)),
    )),
    Section("dates", "Planned dates", "drafter", (
        Field("trusted_partner_on", "Planned release to trusted partners", "date", True),
        Field("public_on", "Planned public release", "date", hint="Nothing in Concord holds a release up."),
    )),
    Section("window", "Access window", "drafter", (
        Field("starts_on", "First day", "date", True),
        Field("ends_on", "Last day", "date", True, hint="At most 30 days, and not after the trusted-partner date."),
        Field("longer_by_consent", "We consent to a window of more than 30 days, outside section 3(b)(ii)", "bool"),
    )),
    Section("access", "Access specification", "security", (
        Field("method", "Method", "choice", True, _choices(AccessSpecification.Method)),
        Field("base_url", "Base URL", hint="For an API or enclave: https, public, without a redirect.", by="endpoint"),
        Field("dialect", "Dialect", "choice", False, _choices(AccessSpecification.Dialect), by="endpoint"),
        Field("model_name", "Model name string", by="endpoint"),
        Field("authentication", "How the key is sent", "choice", False, AUTHENTICATION, by="endpoint"),
        Field("tls", "TLS", "long", hint="A pinned certificate authority, or who issues client certificates.", by="endpoint"),
        Field("allowed_from", "Addresses that may call", "long", by="endpoint",
              hint="If you keep an allow list: how an agency tells you the addresses that it calls from."),
        Field("requests_per_minute", "Requests per minute", "int", by="endpoint", opens=LIMITS),
        Field("tokens_per_minute", "Tokens per minute", "int", by="endpoint"),
        Field("tokens_per_day", "Tokens per day", "int", by="endpoint"),
        Field("concurrency", "Parallel requests", "int", by="endpoint"),
        Field("context_length", "Context length in tokens", "int", opens=LIMITS),
        Field("largest_output", "Largest output in tokens", "int"),
        Field("price_per_million", "Price of a million tokens in dollars", "money", by="endpoint",
              hint="For example 2.50. Runs that agencies start here are counted with it. Empty: nothing is charged, or not named."),
        Field("budget_usd", "Most dollars that each agency may spend", "money", by="endpoint",
              hint="Over all its runs that are started here; they stop when it is used up. Empty: no limit in money."),
        Field("tools", "Tool calls work", "bool", opens="What it can do"),
        Field("parallel_tools", "Several tool calls in one answer work", "bool"),
        Field("tool_defects", "Known defects of tool calls", "long", hint="Evaluators lose days to those that nobody named."),
        Field("streaming", "Streaming works", "bool"),
        Field("structured_output", "Structured output works", "bool"),
        Field("images", "Images are read", "bool"),
        Field("logprobs", "Log probabilities are given", "bool"),
        Field("fine_tuning", "Fine-tuning is offered", "bool"),
        Field("repeatable", "The same seed gives the same answer", "bool"),
        Field("reasoning_traces", "Reasoning traces", "choice", False, REASONING),
        Field("retention_days", "Days that prompts of evaluators are kept", "int", hint="0: not kept.", by="endpoint",
              opens="How prompts of evaluators are treated"),
        Field("retention_exceptions", "What is kept or checked all the same", "long", by="endpoint",
              hint="For example flagged prompts, although nothing else is kept."),
        Field("staff_may_read", "Our staff may read the prompts of evaluators", "bool", by="endpoint"),
        Field("used_for_training", "Prompts of evaluators are used for training", "bool", hint="Must stay off.", by="endpoint"),
        Field("safeguard_behaviour", "Safeguards for this key", "choice", False, SAFEGUARDS, by="endpoint"),
        Field("weights_format", "Format of the weights", hint="For example safetensors, bf16.", by="weights", opens="Weights"),
        Field("weights_runtime", "Runtime image", hint="Its name and digest.", by="weights"),
        Field("weights_serving", "Command that serves the model", "long", by="weights"),
        Field("weights_hardware", "Hardware that it needs", "long", by="weights"),
        Field("weights_destroy_days", "Days after the window within which every copy is destroyed", "int", by="weights"),
    )),
    Section("domains", "Risk domains", "drafter", (
        Field("domains", "Domains offered for testing", "many", True, _choices(RiskDomain)),
        Field("access_level", "Access to the model", "choice", True, _choices(AccessLevel), hint="Routing decides by it."),
        Field("information_level", "Information about the model", "choice", False, _choices(AccessLevel), stated=True,
              hint="From what is published (AL1) to how it was trained and what you measured inside (AL3)."),
        Field("timeframe_level", "Time for the evaluation", "choice", False, _choices(AccessLevel), stated=True,
              hint="From days before the release (AL1) to a test in each stage of development (AL3)."),
    )),
    Section("agencies", "Agencies and consent", "drafter", (
        Field("agencies", "Agencies you consent to", "rows", True, hint="No key is sealed for any other agency."),
        *map(_without, ModelVariant.Kind),
    )),
    Section("credential", "Credential", "security", (
        Field("secret", "Access key", "secret", True, visible_to=NOBODY,
              hint="Typed once. Nobody is shown it here again; send a new one to replace it."),
        Field("expires_on", "The key expires on", "date"),
        *(field for kind in ModelVariant.Kind for field in _key(kind)),
    ), after="agencies"),
    Section("confidentiality", "Confidentiality", "counsel", (
        Field("scope", "What is confidential commercial information", "choice", True, tuple(MARKED.items())),
        Field("statement", "Why its disclosure would harm competition", "long"),
        Field("distribution", "Who may read it inside an agency", "long", stated=True, hint="Groups or posts. Empty: whoever tests."),
        Field("sharing", "Agencies that test may tell each other what they find", "bool", stated=True,
              hint="Concord itself shows no agency the runs, findings or reports of another."),
        Field("publication", "What may be published, and who reviews it first", "long", stated=True),
        Field("property", "Claims to intellectual property", "long", stated=True, hint="In the model, in prompts, in results."),
    )),
    Section("documents", "Documents", "drafter", (
        Field("intended_uses", "Intended uses", "long"),
        Field("limitations", "Known limitations and weaknesses", "long",
              hint="What evaluators should not have to find out by themselves."),
        Field("safeguards", "Safeguards", "long", stated=True, hint="Which there are, and which variant is without which."),
        Field("elicitation", "Advice on elicitation", "long", stated=True, hint="Prompts, scaffolds and settings that bring out the most."),
        Field("framework", "Levels of your own safety framework", "long", stated=True,
              hint="What you hold this checkpoint to be, and why."),
        Field("assertions", "Assertions", "long", stated=True,
              hint="One on each line: what you assert, who stands for it, and the day. Reviewers use them as evidence."),
    )),
    Section("contacts", "Contacts", "security", (
        Field("incident_name", "Incident contact", required=True),
        Field("incident_email", "E-mail of the incident contact", "email", True),
        Field("incident_phone", "Telephone of the incident contact"),
        Field("incident_hours", "When the incident contact can be reached", hint="With the time zone."),
        Field("rotation_name", "Contact for keys and their rotation"),
        Field("rotation_email", "E-mail of the contact for keys", "email"),
        Field("policy_name", "Policy contact"),
        Field("policy_email", "E-mail of the policy contact", "email"),
    )),
)  # fmt: skip

BY_NAME = {section.name: section for section in SECTIONS}
STATED = {f.name: f for section in SECTIONS for f in section.fields if f.stated}


def asked(section: Section, method: str) -> list[Field]:
    """The fields that are asked where the model is reached by this method; all of them while none is chosen."""
    kinds = (
        {"weights" if method == AccessSpecification.Method.WEIGHTS else "endpoint"}
        if method
        else {"endpoint", "weights"}
    )
    if method == AccessSpecification.Method.ON_SITE:
        kinds = set()
    return [spec for spec in section.fields if not spec.by or spec.by in kinds]


NOT_STATED = "not stated"


def in_words(spec: Field, value: Any) -> str:
    """A value as it is shown, several of them one after the other."""
    if spec.kind == "bool":
        return "Yes" if value else "No"
    if value in (None, "", []):
        return NOT_STATED
    words = {str(key): label for key, label in spec.choices}
    return ", ".join(words.get(str(one), str(one)) for one in (value if isinstance(value, list) else [value]))


class Unreadable(ValueError):
    """A typed value that is not of its field's kind; the text is the sentence for the person."""


def _text(spec: Field, value: Any) -> str:
    if not isinstance(value, str):
        raise Unreadable(f"{spec.label}: write text.")
    if "\0" in value:
        raise Unreadable(f"{spec.label}: a character in it cannot be kept (U+0000). Take it out.")
    if len(value) > LONGEST:
        raise Unreadable(f"{spec.label}: shorten it to {LONGEST} characters.")
    return value.strip()


def _email(spec: Field, value: Any) -> str:
    text = _text(spec, value)
    if "@" not in text.strip("@") or " " in text:
        raise Unreadable(f"{spec.label}: write an address such as name@organisation.example.")
    return text


def _date(spec: Field, value: Any) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise Unreadable(f"{spec.label}: write a date as year-month-day, such as 2027-01-31.") from None


def _int(spec: Field, value: Any) -> int:
    try:
        number = int(str(value))
    except ValueError:
        number = -1
    if isinstance(value, bool) or not 0 <= number <= 2_000_000_000:
        raise Unreadable(f"{spec.label}: write a whole number from 0 up.")
    return number


def _money(spec: Field, value: Any) -> str:
    text = "" if isinstance(value, bool) else str(value).strip()
    if not MONEY.fullmatch(text) or not Decimal(text):
        raise Unreadable(f"{spec.label}: write dollars such as 2.50, more than 0, with at most four decimals.")
    whole, _, part = text.partition(".")
    part = part.rstrip("0")
    return f"{int(whole)}.{part.ljust(2, '0')}" if part else str(int(whole))


def _bool(spec: Field, value: Any) -> bool:
    if not isinstance(value, bool):
        raise Unreadable(f"{spec.label}: answer true or false.")
    return value


def _choice(spec: Field, value: Any) -> str:
    if str(value) not in {str(key) for key, _ in spec.choices}:
        raise Unreadable(f"{spec.label}: choose one from the list.")
    return str(value)


def _many(spec: Field, value: Any) -> list[str]:
    if not isinstance(value, list):
        raise Unreadable(f"{spec.label}: choose from the list.")
    return [_choice(spec, v) for v in dict.fromkeys(map(str, value))]


def _rows(spec: Field, value: Any) -> list[str]:
    if not isinstance(value, list):
        raise Unreadable(f"{spec.label}: choose from the list.")
    return list(dict.fromkeys(_text(spec, str(v)) for v in value))


READERS: dict[str, Callable[[Field, Any], Any]] = {
    "text": _text, "long": _text, "secret": _text, "row": _text, "email": _email, "date": _date, "int": _int,
    "money": _money, "bool": _bool, "choice": _choice, "many": _many, "rows": _rows,
}  # fmt: skip


def read(section: Section, typed: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """The typed values as plain data, and what could not be read. Gaps are fine: a draft may be incomplete."""
    data: dict[str, Any] = {}
    problems = [
        Problem(name, "There is no such field in this section. Leave it out.")
        for name in typed if name not in {f.name for f in section.fields}
    ]  # fmt: skip
    for spec in section.fields:
        value = typed.get(spec.name)
        if value in (None, "", []):
            continue
        try:
            data[spec.name] = READERS[spec.kind](spec, value)
        except Unreadable as error:
            problems.append(Problem(spec.name, str(error)))
    return data, problems


def gaps(section: Section, data: Mapping[str, Any]) -> list[Problem]:
    """Required fields without a value, as sentences."""
    return [
        Problem(f"{section.name}.{f.name}", f"{section.label}: “{f.label}” is missing.")
        for f in section.fields if f.required and f.kind != "secret" and data.get(f.name) in (None, "", [])
    ]  # fmt: skip
