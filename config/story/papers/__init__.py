"""What a developer of the stories attaches to its request: a model card, a bill of materials, an SPDX document. The model, its
figures and its makers are made up."""

from __future__ import annotations

from pathlib import Path
from string import Template
from uuid import NAMESPACE_URL, uuid5

from config.demo import people
from config.story.browser import Browser

FILES = {"model_card": "model-card.md", "ml_bom": "ml-bom.json", "spdx": "spdx.json"}


def attach(browser: Browser, request: str, *, developer: str, codename: str) -> int:
    """Upload each to the request's page; how many."""
    domain = f"{developer}.example"
    about = {
        "codename": codename, "developer": people.DEVELOPERS[developer], "domain": domain,
        "serial": str(uuid5(NAMESPACE_URL, f"https://{domain}/{codename}")),
    }  # fmt: skip
    for kind, name in FILES.items():
        content = Template((Path(__file__).parent / name).read_text()).substitute(about).encode()
        browser.post(f"{request}documents/{kind}/upload/", {}, {"file": (f"{codename}-{name}", content)})
    return len(FILES)
