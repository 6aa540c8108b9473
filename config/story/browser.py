"""A browser without JavaScript: cookies, forms filled from the page as it stands, the demo's sign-in and step-up."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import httpx


class StepFailed(Exception):
    """A page did not answer as the story expects; the message names it."""


class Forms(HTMLParser):
    """All forms of a page: action, and each field's current values and possible choices with their labels."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self._select = self._area = self._option = ""
        self._text = ""
        self._labels: dict[str, str] = {}
        self._for = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Fields and choices."""
        found = {k: v or "" for k, v in attrs}
        if tag == "form":
            self.forms.append({"action": found.get("action", ""), "values": {}, "choices": {}})
        if tag == "label":
            self._for, self._text = found.get("for", ""), ""
        if not self.forms:
            return
        form, name = self.forms[-1], found.get("name", "")
        if tag == "input" and name:
            self._input(form, name, found)
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            self._option, self._text = found.get("value", ""), ""
            form["choices"].setdefault(self._select, {})[self._option] = ""
            if "selected" in found:
                form["values"].setdefault(self._select, []).append(self._option)
        elif tag == "textarea":
            self._area, self._text = name, ""

    def _input(self, form: dict[str, Any], name: str, found: dict[str, str]) -> None:
        value = found.get("value", "on")
        if found.get("type") in ("checkbox", "radio"):
            form["choices"].setdefault(name, {})[value] = found.get("id", "")
            if "checked" not in found:
                return
        elif found.get("type") == "submit":
            return
        else:
            value = found.get("value", "")
        form["values"].setdefault(name, []).append(value)

    def handle_endtag(self, tag: str) -> None:
        """Texts of labels, options and areas."""
        if tag == "textarea" and self._area:
            self.forms[-1]["values"][self._area] = [self._text.removeprefix("\n")]
            self._area = ""
        elif tag == "option" and self._select:
            self.forms[-1]["choices"][self._select][self._option] = self._text.strip()
        elif tag == "select" and self._select:
            form = self.forms[-1]
            if self._select not in form["values"]:  # as browsers do: the first option stands
                form["values"][self._select] = list(form["choices"].get(self._select, {}))[:1]
            self._select = ""
        elif tag == "label" and self._for:
            self._labels[self._for] = " ".join(self._text.split())

    def handle_data(self, data: str) -> None:
        """Text."""
        self._text += data

    def choice(self, form: dict[str, Any], name: str, label: str) -> str:
        """The value of the choice whose label contains this text."""
        for value, text in form["choices"].get(name, {}).items():
            if label.lower() in self._labels.get(text, text).lower():
                return str(value)
        raise StepFailed(f"there is no choice “{label}” for {name}")


class Browser:
    """One person's session."""

    def __init__(self, base: str, email: str) -> None:
        self.base, self.email = base.rstrip("/"), email
        self.client = httpx.Client(base_url=self.base, trust_env=False, timeout=60)
        try:
            self.post("/demo/sign-in/", {"email": email})
        except httpx.ConnectError as error:
            raise StepFailed(f"Nothing answers at {self.base}: start it with ./concord up, or mend --http.") from error

    def get(self, path: str) -> str:
        """A page's text; confirms who we are when asked to."""
        answer = self.client.get(path)
        while answer.is_redirect:
            answer = self._follow(answer)
        return self._text(answer, path)

    def post(
        self, path: str, data: dict[str, Any] | None = None, files: dict[str, tuple[str, bytes]] | None = None
    ) -> str:
        """Send a form; returns the address it leads to. A detour to confirm who we are is taken, and the form sent again."""
        for _ in range(2):
            if "csrftoken" not in self.client.cookies:
                self.client.get("/section-3c/" if "sign-in" not in path else path)
            sent = {"csrfmiddlewaretoken": self.client.cookies.get("csrftoken", ""), **(data or {})}
            answer = self.client.post(path, data=sent, files=files, headers={"Referer": f"{self.base}{path}"})
            where = urlsplit(answer.headers.get("Location", ""))
            if answer.is_redirect and where.path == "/demo/confirm/":
                self._confirm(answer.headers["Location"])
                continue
            if answer.is_redirect:
                return str(answer.headers["Location"])
            self._text(answer, path)
            raise StepFailed(f"{self.email}: {path} came back instead of going on:\n{_errors(answer.text)}")
        raise StepFailed(f"{self.email}: {path} asks again and again who we are")

    def refused(self, path: str, data: dict[str, Any], words: str) -> None:
        """Send a form that has to be refused, in these words."""
        try:
            self.post(path, data)
        except StepFailed as failed:
            if words not in str(failed):
                raise
            return
        raise StepFailed(f"{self.email}: {path} went on, and should have said “{words}”")

    def fill(self, path: str, changes: dict[str, Any], *, choose: dict[str, list[str] | str] | None = None) -> str:
        """Open a page, change fields of its main form (by value, or by the label of a choice) and send it."""
        html = self.get(path)
        page = Forms(_main(html))  # the header has forms of its own
        form = max(page.forms, key=lambda f: len(f["values"]) + len(f["choices"]))
        values = {**form["values"], **changes}
        for name, labels in (choose or {}).items():
            wanted = [page.choice(form, name, label) for label in ([labels] if isinstance(labels, str) else labels)]
            values[name] = wanted
        values.pop("csrfmiddlewaretoken", None)
        return self.post(form["action"] or path, values)

    def shown(self, path: str, data: dict[str, Any]) -> str:
        """Send a form whose answer is a page; its text."""
        self.get(path)
        sent = {"csrfmiddlewaretoken": self.client.cookies.get("csrftoken", ""), **data}
        return self._text(self.client.post(path, data=sent, headers={"Referer": f"{self.base}{path}"}), path)

    def value(self, path: str, name: str) -> str:
        """What stands in a field of a page."""
        for form in Forms(_main(self.get(path))).forms:
            if form["values"].get(name):
                return str(form["values"][name][0])
        raise StepFailed(f"{self.email}: {path} has no field {name} with a value")

    def _confirm(self, location: str) -> None:
        self.client.post(
            "/demo/confirm/",
            data={"csrfmiddlewaretoken": self.client.cookies.get("csrftoken", ""), "next": "/inbox/"},
            headers={"Referer": f"{self.base}{location}"},
        )

    def _follow(self, answer: httpx.Response) -> httpx.Response:
        where = answer.headers["Location"]
        if where.startswith("/demo/confirm/"):
            self.client.get(where)
            self._confirm(where)
            return self.client.get(str(answer.request.url.path))
        return self.client.get(where)

    def _text(self, answer: httpx.Response, path: str) -> str:
        if answer.status_code != 200:
            raise StepFailed(f"{self.email}: {path} answers {answer.status_code}:\n{_errors(answer.text)}")
        return answer.text


def _main(html: str) -> str:
    """The page's main part."""
    return html.split("<main", 1)[-1].split("</main>", 1)[0]


def _errors(html: str) -> str:
    """The words of the page's main part, shortened."""
    main = _main(html)
    text, inside = "", False
    for character in main:
        inside = character == "<" or (inside and character != ">")
        text += " " if character == ">" else "" if inside else character
    return " ".join(text.split())[:1500]
