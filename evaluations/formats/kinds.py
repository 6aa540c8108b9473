"""Which files can be imported, told apart by what is in them, never by their names.

A kind is a module with `KIND`, `LABEL`, `mine(document)` and `read(document, key=, clear_ids=)`; the order decides.
"""

from __future__ import annotations

import io
from typing import Any, BinaryIO, Protocol

from evaluations.formats import every_eval, home_summary, inspect_eval, inspect_json, inspect_log, sarif, score_table
from evaluations.formats.documents import JSON_CAP, NOT_UTF8, OTHER_ENCODINGS, TABLE_CAP, Document
from evaluations.formats.inspect_log import MIB, LogRefused

UNKNOWN = (
    "This is not a file that Concord reads. Upload an Inspect log (.eval or .json) or the summary that you made of one, Every "
    "Eval Ever (.json), SARIF 2.1.0 (.sarif or .json), or a table of scores made from the template (.csv)."
)


class Kind(Protocol):
    """One kind of file."""

    KIND: str
    LABEL: str

    def mine(self, document: Document) -> bool:
        """Whether it looks like this kind; a damaged file of the kind does too."""
        ...

    def read(self, document: Document, *, key: bytes, clear_ids: bool = False) -> dict[str, Any]:
        """The allow-listed summary. LogRefused with a sentence."""
        ...


KINDS: tuple[Kind, ...] = (inspect_eval, inspect_json, home_summary, every_eval, sarif, score_table)  # type: ignore[assignment]  # modules
LABELS = {kind.KIND: kind.LABEL for kind in KINDS}
WITH_SAMPLES = (inspect_eval.KIND, inspect_json.KIND)


def recognised(document: Document) -> Kind:
    """The kind of a file, as the child sees it. LogRefused when it is none."""
    look(document.file)
    for kind in KINDS:
        if kind.mine(document):
            return kind
    raise LogRefused(UNKNOWN)


def look(file: BinaryIO) -> None:
    """Cheap look before anything is parsed. LogRefused for what cannot be any of the kinds, or is too large for its kind."""
    document = Document(file)
    if document.is_archive:
        inspect_log.look(file)
        return
    if document.head.startswith(OTHER_ENCODINGS):
        raise LogRefused(NOT_UTF8)
    if not document.is_json:
        for start, sentence in inspect_log.STARTS:
            if document.head.startswith(start):
                raise LogRefused(sentence)
        if not score_table.mine(document):
            raise LogRefused(UNKNOWN)
    cap = JSON_CAP if document.is_json else TABLE_CAP
    if file.seek(0, io.SEEK_END) > cap:
        raise LogRefused(
            f"The file is larger than {cap // MIB} MiB, the most for its kind. Of an Inspect log upload the .eval form."
        )
