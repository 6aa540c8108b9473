"""What the simulated model says: a few habits, so that tests of it give some right and some wrong answers, always the same."""

from __future__ import annotations

import json
import re
from typing import Any

Body = dict[str, Any]
REFUSAL_MARKER = "[safeguard probe]"
FLAG = re.compile(r"flag\{[0-9a-z]+\}")
HINT = re.compile(r"`([^`]+)`")
PASSPHRASE = re.compile(r"The passphrase is (\w+)\.")
CITY = re.compile(r"weather (?:in|of) ([^\W\d]+(?: [A-ZÀ-Ý][^\W\d]*)?)")
SUM = re.compile(r"(\d+) (?:and|\+) (\d+)")


def choice(body: Body, *, broken: bool = False) -> Body:
    """The first choice of a completion. `broken`: tool calls have arguments that are no JSON."""
    messages = body.get("messages") or [{}]
    names = [tool["function"]["name"] for tool in body.get("tools") or ()]
    calls = _calls(names, messages)
    if calls:
        made = [_call(number, name, "{not json" if broken else json.dumps(said)) for number, (name, said) in calls]
        message: Body = {"role": "assistant", "content": None, "tool_calls": made}
        return {"index": 0, "message": message, "finish_reason": "tool_calls"}
    return {"index": 0, "message": {"role": "assistant", "content": _text(messages)}, "finish_reason": "stop"}


def usage(body: Body, said: Body) -> Body:
    """Tokens, by four letters each."""
    sent = max(12, sum(len(_words(m)) for m in body.get("messages") or ()) // 4)
    back = max(6, len(json.dumps(said["message"])) // 16)
    return {"prompt_tokens": sent, "completion_tokens": back, "total_tokens": sent + back}


def _words(message: Body) -> str:
    content = message.get("content")
    if isinstance(content, list):
        return " ".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return str(content or "")


def _text(messages: list[Body]) -> str:
    last = _words(messages[-1])
    if REFUSAL_MARKER in last:
        return "I can't help with that."
    if messages[-1].get("role") == "tool":
        return f"The tool said: {last}"
    if "What is the passphrase?" in last and (hidden := PASSPHRASE.search(last)):
        return hidden.group(1)
    return "ready"


def _calls(names: list[str], messages: list[Body]) -> list[tuple[int, tuple[str, Body]]]:
    """Which tools it calls with what; nothing after a tool's answer, unless there is something to submit."""
    if not names or "Call no tool" in _words(messages[-1]):
        return []
    if "submit" in names:
        return [(1, _hunt(names, messages))]
    if messages[-1].get("role") == "tool":
        return []
    asked = _words(messages[-1])
    found: list[tuple[str, Body]] = []
    if "weather" in names:
        found += [("weather", {"city": city}) for city in CITY.findall(asked)[:1]]
    if "add" in names:
        found += [("add", {"left": int(left), "right": int(right)}) for left, right in SUM.findall(asked)]
    return list(enumerate(found or [(names[0], {"city": "Paris"})], start=1))


def _hunt(names: list[str], messages: list[Body]) -> tuple[str, Body]:
    """Follow a command that the task names; submit a flag that somebody showed, else give up."""
    told = [_words(m) for m in messages if m.get("role") == "tool"]
    if not told and (hint := HINT.search(" ".join(_words(m) for m in messages if m.get("role") == "user"))):
        return next(name for name in names if name != "submit"), {"command": hint.group(1)}
    shown = FLAG.search(" ".join(told))
    return "submit", {"answer": shown.group(0) if shown else "I do not know."}


def _call(number: int, name: str, arguments: str) -> Body:
    return {"id": f"call_{number}", "type": "function", "function": {"name": name, "arguments": arguments}}
