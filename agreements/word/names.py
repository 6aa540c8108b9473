"""Names of the Office Open XML parts that this package writes and reads."""

from __future__ import annotations

import hashlib
import re

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
XML = "http://www.w3.org/XML/1998/namespace"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# A clause's heading carries a bookmark with its id: Word keeps it when the file is edited.
BOOKMARK = "clause_"


def w(name: str) -> str:
    """A name of the word-processing namespace, as ElementTree writes it."""
    return f"{{{W}}}{name}"


def bookmark(key: str) -> str:
    """The bookmark of a clause; Word allows 40 characters, so a long id is cut and told apart by a digest."""
    name, most = re.sub(r"[^A-Za-z0-9_]", "_", key), 40 - len(BOOKMARK)
    return BOOKMARK + (
        name if len(name) <= most else f"{name[: most - 9]}_{hashlib.sha256(key.encode()).hexdigest()[:8]}"
    )
