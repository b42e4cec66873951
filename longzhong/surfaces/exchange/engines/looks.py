"""A first look at a file: which sheet, where the header, which columns play which roles. Nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from longzhong.surfaces.exchange.engines import Source, tables
from longzhong.surfaces.exchange.engines.body import head
from longzhong.surfaces.exchange.rules import columns, recipes_curves
from longzhong.surfaces.exchange.rules.cells import Cell
from longzhong.surfaces.exchange.rules.columns import Places, Recipe
from longzhong.surfaces.exchange.rules.layout import Layout, Merge, find_layout
from longzhong.surfaces.exchange.rules.reasons import BadFile
from longzhong.surfaces.exchange.rules.recipes import RECIPES

MOST_SHEETS = 30
Numbered = Sequence[tuple[int, Sequence[Cell]]]


@dataclass(frozen=True)
class Look:
    """What was found. `places` are the roles by header, or as a person chose them; `sample` holds the first rows of the sheet."""

    source: Source
    sheet: str
    layout: Layout
    merges: Sequence[Merge]
    places: Places
    sample: Numbered

    @property
    def names(self) -> list[str]:
        return columns.unique_names(self.layout.headers)

    @property
    def first_row(self) -> int:
        """The number of the first row under the header."""
        if self.layout.body < len(self.sample):
            return self.sample[self.layout.body][0]
        return self.sample[-1][0] + 1


def look(
    path: Path, folder: Path, recipe: Recipe, sheet: str = "", chosen: Mapping[str, Sequence[int]] | None = None
) -> Look:
    """Open a file with a recipe in mind. Without a sheet the one with most recognised columns is taken."""
    source = tables.open_table(path, folder)
    if sheet and sheet not in source.sheets:
        raise BadFile("no_sheet", sheet=sheet)
    found = [
        each for name in ([sheet] if sheet else source.sheets[:MOST_SHEETS]) if (each := _sheet(source, name, recipe))
    ]
    if not found:
        raise BadFile("no_table")
    best = max(found, key=lambda each: len(each.places))
    if chosen is None:
        return best
    width = len(best.layout.headers)
    places = {role: tuple(place for place in where if place < width) for role, where in chosen.items()}
    return replace(best, places={role: where for role, where in places.items() if where})


def guess_recipe(path: Path, folder: Path) -> str:
    """The recipe whose required columns are all there, and of these the one that knows most columns; "" where none fits."""
    best = (0, "")
    for recipe in RECIPES.values():
        try:
            found = look(path, folder, recipe)
            need(found, recipe)
        except BadFile:
            continue
        best = max(best, (len(found.places) + (100 if recipe is recipes_curves.CURVES else 0), recipe.code))
    return best[1]


def need(found: Look, recipe: Recipe) -> None:
    """Refuse a file that lacks what the recipe can't do without."""
    if recipe is recipes_curves.CURVES:
        recipes_curves.form_of(found.layout.headers, found.places)
    else:
        columns.need_columns(found.places, recipe)


def _sheet(source: Source, sheet: str, recipe: Recipe) -> Look | None:
    sample = head(source, sheet)
    merges = tables.merges(source, sheet)
    known = recipes_curves.is_known if recipe is recipes_curves.CURVES else recipe.names.__contains__
    layout = find_layout([cells for _, cells in sample], known, merges)
    return Look(source, sheet, layout, merges, columns.match(layout.headers, recipe), sample) if layout else None
