"""The components say in text what they show, refuse in words, and hold nothing that the CSP would block."""

import re
from datetime import UTC, datetime

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from core.decisions import ALLOWED, refuse
from core.gallery import WORKFLOW, sample
from core.workflow import Move, State, Workflow


def rendered(source: str, **context: object) -> str:
    """A piece of template text, as a page would have it."""
    return engines["django"].from_string(source).render(context)


def words(html: str) -> str:
    """What a reader without styles gets."""
    return " ".join(strip_tags(html).split())


def test_the_gallery_shows_every_component() -> None:
    html = render_to_string("components.html", sample())
    for name in (
        "c-next",
        "c-steps",
        "c-clock",
        "c-tasks",
        "c-summary",
        "c-timeline",
        "c-empty",
        "c-notice",
        "c-errors",
    ):
        assert f"{name}" in html


def test_no_component_needs_an_inline_style_or_script() -> None:
    html = render_to_string("components.html", sample())
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\bnonce=)", html)


def test_a_refused_move_is_a_disabled_button_that_says_why_and_who_can() -> None:
    action = {"label": "Sign", "url": "/x/", "post": True, "decision": refuse("Two clauses are open.", "Counsel can.")}
    html = rendered("{% moves actions %}", actions=[action])
    assert "<form" not in html
    assert re.search(r"<button[^>]*disabled[^>]*>Sign</button>", html)
    assert "Two clauses are open. Who can: Counsel can." in words(html)


def test_an_allowed_move_posts_with_its_hidden_fields_and_token() -> None:
    action = {"label": "Sign", "url": "/x/", "post": True, "decision": ALLOWED, "fields": {"row_version": 3}}
    html = rendered("{% moves actions %}", actions=[action], csrf_token="t0ken")
    assert '<form method="post" action="/x/"' in html
    assert 'name="row_version" value="3"' in html
    assert 'value="t0ken"' in html


def test_a_danger_move_is_a_link_to_its_own_page() -> None:
    html = rendered("{% moves actions %}", actions=[{"label": "Withdraw", "url": "/w/", "danger": True}])
    assert '<a class="c-danger-link" href="/w/">Withdraw</a>' in html
    assert "<button" not in html


def test_what_can_be_pressed_stands_before_what_is_refused() -> None:
    actions = [
        {"label": "Decline", "url": "/d/", "danger": True, "decision": refuse("This step is for intake officers.")},
        {"label": "Answer", "url": "/a/", "primary": True, "decision": ALLOWED},
        {"label": "Print", "url": "/p/"},
    ]
    for tag in ("{% moves actions %}", "{% next_action move %}"):
        said = words(rendered(tag, actions=actions, move={"heading": "", "actions": actions}))
        assert said.index("Answer") < said.index("Print") < said.index("Decline")


def test_a_step_that_leads_back_stands_where_it_was_left() -> None:
    workflow = Workflow(
        "Asked", tuple(State(name, name.title()) for name in ("sent", "read", "asked", "kept", "dropped")),
        (
            Move("read", ("sent",), "read", "them", "Read"), Move("ask", ("read",), "asked", "them", "Ask"),
            Move("answer", ("asked",), "read", "us", "Answer"), Move("keep", ("read",), "kept", "them", "Keep"),
            Move("drop", ("sent", "read", "asked"), "dropped", "us", "Drop"),
        ),
    )  # fmt: skip

    def strip(state: str) -> list[str]:
        html = rendered("{% steps workflow state 'sent,read,kept' %}", workflow=workflow, state=state)
        return [words(part) for part in html.split("</li>")]

    assert strip("asked") == ["Sent completed", "Read completed", "Asked", "Kept", "Asked"]
    assert strip("dropped") == ["Sent", "Read", "Kept", "Dropped", "Dropped"]
    assert strip("read") == ["Sent completed", "Read", "Kept", "Step 2 of 3: Read"]


def test_states_differ_by_icon_and_word_and_not_only_by_colour() -> None:
    shapes = {re.findall(r"<(?:path|circle|rect)[^>]*>", rendered("{% mark 'Word' tone %}", tone=t)).__repr__()
              for t in ("open", "waiting", "done", "stopped")}  # fmt: skip
    assert len(shapes) == 4
    assert words(rendered("{% status w 'in_force' %}", w=WORKFLOW)) == "In force"


def test_a_redline_reads_aloud() -> None:
    html = rendered("{% redline runs %}", runs=[(0, "for "), (-1, "20"), (1, "<30>")])
    assert words(html.replace("&lt;30&gt;", "30")) == (
        "for [deleted: 20 end of deletion] [inserted: 30 end of insertion]"
    )
    assert "&lt;30&gt;" in html


@pytest.mark.parametrize(("percent", "blocked", "used"), [(0, 0, "0"), (40, 60, "0"), (140, 10, "90"), (-3, 0, "0")])
def test_the_clock_never_leaves_its_bar(percent: int, blocked: int, used: str) -> None:
    html = rendered("{% clock w %}", w={"percent": percent, "blocked_percent": blocked, "words": "Day 3 of 30."})
    assert re.search(r'c-clock__used" x="0" y="0" width="(\d+)"', html).group(1) == used
    assert "Day 3 of 30." in words(html)


def test_a_section_that_cannot_start_says_what_is_missing_and_has_no_link() -> None:
    html = rendered("{% task_list t %}", t=[{"label": "Keys", "url": "/k/", "missing": "an endpoint."}])
    assert "href" not in html
    assert "Cannot start yet: an endpoint." in words(html)


def test_what_others_typed_is_escaped() -> None:
    evil = "<img src=x onerror=alert(1)>"
    html = rendered(
        "{% page_header e e e reference=e %}{% table e %}{% endtable %}{% figure e %}{% endfigure %}"
        "{% summary_list rows %}{% visible_to names %}{% nothing_yet e %}",
        e=evil, rows=[(evil, evil, evil)], names=[evil],
    )  # fmt: skip
    assert "<img" not in html


def test_errors_of_a_form_stand_in_a_summary_that_links_to_the_fields() -> None:
    html = str(sample()["bound"])
    for target in re.findall(r'<li><a href="#([^"]+)"', html):
        assert f'id="{target}"' in html
    assert len(re.findall(r'<li><a href="#', html)) == 4
    described = re.search(r'<input type="text" name="title"[^>]*aria-describedby="([^"]+)"', html)
    assert described is not None
    for name in described.group(1).split():
        assert f'id="{name}"' in html


def test_the_notice_is_there_in_full() -> None:
    assert words(rendered("{% notice_3c 'report' %}")) == (
        "Section 3(c), Executive Order 14409. Nothing in this report or in Concord creates mandatory licensing, "
        "preclearance or permitting. Participation is voluntary; the developer may withdraw at any time."
    )


def test_an_instant_behind_a_preposition_is_exact() -> None:
    at = datetime(2026, 12, 28, 9, 4, tzinfo=UTC)
    assert words(rendered("until {{ at|exactly }}", at=at)) == "until 28 Dec 2026, 09:04 UTC"
    assert rendered("{{ at|exactly }}", at=at).startswith('<time datetime="2026-12-28T09:04:00+00:00">')
    assert (
        rendered("since {{ at|exactly }}, {{ none|exactly }}", at=at.date(), none=None) == "since 28 Dec 2026, no date"
    )
