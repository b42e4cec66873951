"""Every awkward file of the outside collection through every recipe: no crash, and no row lost."""

from pathlib import Path

import pytest

from longzhong.surfaces.exchange import selectors
from longzhong.surfaces.exchange.engines import tables
from longzhong.surfaces.exchange.engines.body import body
from longzhong.surfaces.exchange.engines.looks import look
from longzhong.surfaces.exchange.rules.columns import Recipe
from longzhong.surfaces.exchange.rules.layout import is_blank
from longzhong.surfaces.exchange.rules.reasons import BadFile
from longzhong.surfaces.exchange.rules.recipes import RECIPES
from tests.sample import some
from tests.surfaces.exchange import make

FOLDER = Path(__file__).resolve().parents[4] / "shared/data/bad_input/tabular"

FILES = sorted(path for path in (FOLDER.iterdir() if FOLDER.exists() else ()) if path.is_file())


def chosen(recipe: Recipe, width: int) -> dict[str, tuple[int, ...]]:
    """Every column of the recipe somewhere on the sheet, as a careless person would click it together."""
    return {one.role: (place % width,) for place, one in enumerate(recipe.columns)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_line_is_read_or_refused(path: Path, tmp_path: Path) -> None:
    try:
        source = tables.open_table(path, tmp_path)
    except BadFile as bad:
        assert str(bad)
        return
    for sheet in source.sheets:
        everything = [row for _, row in tables.rows(source, sheet)]
        try:
            found = look(path, tmp_path, RECIPES["units"], sheet)
        except BadFile as bad:
            assert bad.code == "no_table" and not any(map(is_blank, everything[:0]))
            continue
        below = everything[found.layout.body :]
        filled = [row for row in below if not isinstance(row, list | tuple) or not is_blank(row)]
        assert len(list(body(source, sheet, found.layout, found.merges))) == len(filled)


@pytest.mark.django_db
@pytest.mark.parametrize("code", RECIPES)
def test_every_file_goes_through_every_recipe(code: str, tmp_path: Path) -> None:
    make.county()
    for path in FILES:
        run = make.carried(path, code)
        assert run.state in ("done", "failed"), path.name
        make.fate(run)
        assert run.state == "done" or selectors.problem_of(run), path.name


@pytest.mark.django_db
@pytest.mark.parametrize("code", [code for code in RECIPES if code != "curves"])
def test_every_file_goes_through_with_columns_clicked_together(code: str, tmp_path: Path) -> None:
    make.county()
    for path in some(FILES, 4):
        run = make.started(path, code)
        try:
            found = look(path, tmp_path, RECIPES[code])
        except BadFile:
            continue
        run.options = {"sheet": found.sheet, "places": chosen(RECIPES[code], max(len(found.layout.headers), 1))}
        run.save(update_fields=["options"])
        done = make.services.carry_out(run_id=run.pk, trial=False, by=make.MACHINE, at=make.NOW)
        rows = len(list(body(found.source, found.sheet, found.layout, found.merges)))
        assert sum(make.fate(done)) == rows, path.name
        assert done.rows.filter(remark=False).count() == done.refused, path.name
