"""What a signature shows on the page: who, what it means, when. Set by typst, so that names of every script are shaped."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.stamp import BaseStamp, BaseStampStyle

from core import typesetting

TEMPLATE = Path(__file__).parent / "templates" / "appearance.typ"


class Page(BaseStamp):
    """A page of another PDF, with its fonts, as the look of a field. It has no tags: the field has them."""

    def __init__(self, pdf: bytes, style: BaseStampStyle, box: BoxConstraints, writer: BasePdfFileWriter) -> None:
        super().__init__(writer, style, box)
        self._page = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(pdf)))

    def render(self) -> bytes:
        """One operator: the page is drawn."""
        self.resources.xobject["/Page"] = self._page
        return b"/Page Do"


@dataclass(frozen=True, kw_only=True)
class Look(BaseStampStyle):
    """The look of one signature, fitted to the box of its field. RenderRefused when a character has no glyph."""

    name: str
    meaning: str
    at: datetime
    stamped: bool

    def create_stamp(self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: dict[str, str]) -> Page:
        """Called by pyHanko once the field is known."""
        clock = "as a time-stamp authority confirms" if self.stamped else "as this system states it"
        said = {
            "name": self.name, "meaning": self.meaning, "at": f"{self.at:%Y-%m-%d %H:%M:%S} UTC, {clock}",
            "width": float(box.width), "height": float(box.height),
        }  # fmt: skip
        return Page(typesetting.pdf(TEMPLATE, said, at=self.at, tagged=False), self, box, writer)
