"""The committed CSS is what the sources give, and names only files that are there."""

import hashlib
import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
CSS = ROOT / "static" / "css"


def test_the_built_css_belongs_to_the_committed_sources() -> None:
    """When this fails: cd frontend && npm ci && npm run build, and commit what changed in static/."""
    digest = hashlib.sha256()
    for name in ("uswds.scss", "package-lock.json"):
        digest.update((ROOT / "frontend" / name).read_bytes())
    assert (CSS / "uswds.css.sources").read_text().strip() == digest.hexdigest()


def test_every_font_and_image_that_the_css_names_is_committed() -> None:
    for sheet in CSS.glob("*.css"):
        for name in re.findall(r"url\([\"']?([^\"')?#]+)", sheet.read_text()):
            if not name.startswith("data:"):
                assert (CSS / name).resolve().is_file(), f"{sheet.name} names {name}"


def test_the_lock_names_no_registry_host() -> None:
    assert '"resolved"' not in (ROOT / "frontend" / "package-lock.json").read_text()


def test_no_template_holds_inline_style_or_script() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"\sstyle=\"|<style|\son(?:click|load|submit|change)=", text), path
        for tag in re.findall(r"<script[^>]*>", text):
            assert "nonce=" in tag, f"{path}: {tag}"
