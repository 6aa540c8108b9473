"""Markdown of people as HTML that does nothing: no raw HTML, no pictures, links only to absolute https and mailto addresses.

Two walls: the renderer makes no other element, and `clean` lets no other through. Pictures are left out in words, since
fetching one would tell its host who reads. No ORM, no settings: `render` also runs in a confined child."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

FIRST_HEADING, LAST_HEADING = 3, 6
TAGS = {
    "p", "br", "hr", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "s", "code", "pre", "blockquote", "a",
    "table", "thead", "tbody", "tr", "th", "td", "span", "div",
}  # fmt: skip
ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),
    "a": {"href"},
    "ol": {"start"},
    "th": {"scope"},
    "pre": {"tabindex"},
    "div": {"tabindex"},
}
SCHEMES = {"https", "mailto"}
ADDRESS = re.compile(r"(https://[^/\s\\]|mailto:[^/\s])", re.IGNORECASE)
FRONT = re.compile(r"\A---\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)


def render(text: str) -> str:
    """HTML of Markdown (CommonMark with tables). Not yet to be shown: `clean` it first. Headings begin at h3, and none is
    skipped. What stands between two lines of --- at the top is shown as it is typed."""
    front = FRONT.match(text)
    shown = f'<pre tabindex="0">{escape(front[1])}</pre>\n' if front else ""
    made: str = _parser().render(text[front.end() :] if front else text)
    return shown + made


def clean(html: str) -> str:
    """The same HTML with everything taken out that is not on the list."""
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, attribute_filter=_kept, strip_comments=True,
        link_rel="noopener noreferrer nofollow", clean_content_tags={"script", "style", "iframe", "object", "svg", "math"},
    )  # fmt: skip


def _kept(tag: str, name: str, value: str) -> str | None:
    """Schemes alone let //host through, which is an address elsewhere."""
    if name == "href":
        return value if ADDRESS.match(value) else None
    return value


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": 40}).enable(
        ["table", "strikethrough"]
    )
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # its documented way; `_unlinked` judges
    parser.add_render_rule("image", _picture)
    parser.add_render_rule("fence", _code)
    parser.add_render_rule("code_block", _code)
    parser.add_render_rule("table_open", _table)
    parser.add_render_rule("table_close", _table_end)
    parser.core.ruler.push("headings", _headings)
    parser.core.ruler.push("unlinked", _unlinked)
    return parser


def _picture(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    said = escape(tokens[index].content)
    return f"<span>[picture left out{': ' if said else ''}{said}]</span>"


def _code(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return f'<pre tabindex="0"><code>{escape(tokens[index].content)}</code></pre>\n'


def _table(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return '<div tabindex="0"><table>\n'  # a wide one is moved sideways in its place, by keyboard too


def _table_end(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return "</table></div>\n"


def _headings(state: Any) -> None:
    """Levels as they nest: the first is h3, and the next is at most one deeper than that before it."""
    open_levels: list[int] = []
    for token in state.tokens:
        if token.type == "heading_open":
            own = int(token.tag[1])
            while open_levels and open_levels[-1] >= own:
                open_levels.pop()
            open_levels.append(own)
        elif token.type == "th_open":
            token.attrs = {"scope": "col"}
            continue
        elif token.type == "td_open":
            token.attrs = {}
            continue
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(FIRST_HEADING + len(open_levels) - 1, LAST_HEADING)}"


def _unlinked(state: Any) -> None:
    """A link to anywhere else (scripts, this site, a place in the text) becomes its words."""
    for block in state.tokens:
        opened: list[bool] = []
        for token in block.children or ():
            if token.type == "link_open":
                opened.append(not ADDRESS.match(str(token.attrs.get("href", ""))))
            if token.type in ("link_open", "link_close"):
                if opened[-1]:
                    token.tag, token.attrs = "span", {}
                if token.type == "link_close":
                    opened.pop()
