"""Engines of usage explanations: energies of many meters from the lake, and the sheet on paper."""

from typing import Protocol

from longzhong.cases.explanations.engines.paper import Paper


class Printer(Protocol):
    """Turns a sheet's paper into a document's bytes; a fault of the tool is a RuntimeError of its own kind."""

    def pdf(self, paper: Paper) -> bytes: ...

    def png(self, paper: Paper) -> bytes: ...


__all__ = ["Paper", "Printer"]
