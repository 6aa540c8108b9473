"""Markdown of people does nothing: whatever it holds, only words, tables and outward https and mail links come out."""

from __future__ import annotations

import re

import pytest

from core.markdown import clean, render

VECTORS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "![x](https://evil.example/p.png)", "![x][r]\n\n[r]: https://evil.example/p.png",
    "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](&#106;avascript:alert(1))", "[x](\tjavascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)", "[x](//evil.example/x)", "[x](/admin/)", "[x](https:evil)", "[x](vbscript:x)",
    "<javascript:alert(1)>", "<iframe src=https://evil.example>", "<svg/onload=alert(1)>",
    "[x](https://a.example \"\\\" onclick=alert(1)\")",
    "```\n</code></pre><script>alert(1)</script>\n```", "    <script>alert(1)</script>", "<!-- x --><style>*{}</style>",
    "---\n</pre><script>alert(1)</script>\n---\nx",
    "| <img src=x> |\n|---|\n| [x](javascript:x) |", "<a href=https://evil.example ping=x>y</a>",
    "[x]: javascript:alert(1)\n[x]", "<form action=https://evil.example><input>", "<base href=https://evil.example>", "<https://a.example/\"onload=x>",
)  # fmt: skip
ELEMENT = re.compile(r"<(/?)([a-z0-9]+)((?:\s[^<>]*)?)>")
ALLOWED = {"p", "pre", "code", "span", "a", "table", "thead", "tbody", "tr", "th", "td", "h3", "em", "br", "hr", "div"}


@pytest.mark.parametrize("text", VECTORS)
def test_nothing_of_a_hostile_text_runs_or_fetches(text: str) -> None:
    html = clean(render(text))
    elements = ELEMENT.findall(html)
    assert html.count("<") == len(elements), html
    for closing, name, attributes in elements:
        assert name in ALLOWED, html
        if closing or not attributes:
            continue
        assert re.fullmatch(
            r' href="(https://|mailto:)[^"]*" rel="noopener noreferrer nofollow"| scope="col"| tabindex="0"', attributes
        ), html


def test_the_second_wall_holds_alone() -> None:
    hostile = '<script>x</script><a href="//e.example" onclick=x>y</a><img src=x><p style=x>t</p><svg onload=x></svg>'
    assert clean(hostile) == '<a rel="noopener noreferrer nofollow">y</a><p>t</p>'


def test_what_people_write_is_shown() -> None:
    html = clean(
        render(
            "---\nlicense: other\n---\n# A\n#### B\n## C\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n\n*x* [y](https://a.example) ![z](q.png) ~~s~~"
        )
    )
    for piece in ("license: other", "<h3>A</h3>", "<h4>B</h4>", "<h4>C</h4>", '<th scope="col">a</th>', "<td>2</td>",
                  '<div tabindex="0"><table>', "</table></div>",
                  "<em>x</em>", 'href="https://a.example"', "[picture left out: z]", "<s>s</s>"):  # fmt: skip
        assert piece in html, piece
