"""A paper as PDF by typst (ADR 0017): A4, Noto Sans SC embedded; about 0.1 s a page."""

import json
from pathlib import Path
from typing import Literal

import typst
from pylopdf_fonts_zh_cn import sans_path

from longzhong.kit.papers.paper import Paper, as_data

TEMPLATE = Path(__file__).with_name("paper.typ")
FONTS = Path(sans_path()).parent
PPI = 110.0


class NotPrinted(RuntimeError):
    """The typesetter gave up; nothing was kept or sent."""


def pdf(*papers: Paper) -> bytes:
    """One PDF of all papers, each beginning on a page of its own."""
    return _set(papers, "pdf")[0]


def png(paper: Paper) -> list[bytes]:
    """The pages as pictures, for looking at them."""
    return _set((paper,), "png")


def _set(papers: tuple[Paper, ...], kind: Literal["pdf", "png"]) -> list[bytes]:
    if not papers:
        raise ValueError("nothing to print")
    data = json.dumps([as_data(paper) for paper in papers], ensure_ascii=False)
    try:
        made: object = typst.compile(
            TEMPLATE, format=kind, ppi=PPI, font_paths=[FONTS], ignore_system_fonts=True, sys_inputs={"papers": data}
        )
    except typst.TypstError as error:
        raise NotPrinted(str(error)) from error
    return [page for page in (made if isinstance(made, list) else [made]) if isinstance(page, bytes)]
