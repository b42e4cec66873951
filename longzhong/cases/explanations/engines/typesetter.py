"""The sheet by typst: A4, Noto Sans SC embedded, charts drawn natively. No network, no system fonts."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Literal

import typst
from pylopdf_fonts_zh_cn import sans_path

from longzhong.cases.explanations.engines.paper import Paper

TEMPLATE = Path(__file__).with_name("sheet.typ")
FONTS = Path(sans_path()).parent
PPI = 110.0


class NotPrinted(RuntimeError):
    """The typesetter gave up; the sheet itself is kept."""


class Typesetter:
    """`Printer` by the typst library, in this process; about 0.2 s a page."""

    def pdf(self, paper: Paper) -> bytes:
        """A tagged PDF with its fonts embedded."""
        return self._set(paper, "pdf")

    def png(self, paper: Paper) -> bytes:
        """The first page as a picture, for looking at it."""
        return self._set(paper, "png")

    def _set(self, paper: Paper, kind: Literal["pdf", "png"]) -> bytes:
        try:
            made = typst.compile(
                TEMPLATE, format=kind, ppi=PPI, font_paths=[FONTS], ignore_system_fonts=True,
                sys_inputs={"paper": json.dumps(asdict(paper), ensure_ascii=False)},
            )  # fmt: skip
        except typst.TypstError as error:
            raise NotPrinted(str(error)) from error
        pages: object = made  # several pages of a picture come as a list
        return pages[0] if isinstance(pages, list) else made
