"""What the wizard shows before anything is written: how the file was understood, which column plays which role, the first rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from longzhong.kit.actor import Actor
from longzhong.surfaces.exchange.engines import looks
from longzhong.surfaces.exchange.engines.looks import Look
from longzhong.surfaces.exchange.gateways import files
from longzhong.surfaces.exchange.models import Mapping, Run
from longzhong.surfaces.exchange.rules import columns
from longzhong.surfaces.exchange.rules.cells import Cell, half, is_missing, raw, shown
from longzhong.surfaces.exchange.rules.reasons import BadFile
from longzhong.surfaces.exchange.rules.recipes import PERSONAL, recipe_for
from longzhong.surfaces.exchange.rules.recipes_curves import form_of
from longzhong.surfaces.exchange.selectors.runs import visible_to

SAMPLE_ROWS = 5
MANY_NAMES = 12
PRIVATE = frozenset({"name", "phone", "room", "contact", "id_number"})
KINDS = {"text": "文本表格", "book": "工作簿", "parquet": "Parquet", "page": "网页表格"}


@dataclass(frozen=True)
class RoleChoice:
    """One column of the recipe and the column of the file that plays it; `example` is its first value (personal ones masked)."""

    role: str
    title: str
    required: bool
    place: int | None
    example: str
    also: str  # names of doubled columns


@dataclass(frozen=True)
class Preview:
    """A file as it was understood. `problem` says why it can't be imported as it stands."""

    kind: str
    encoding: str
    sheet: str
    sheets: tuple[str, ...]
    header_row: int
    form: str
    choices: tuple[RoleChoice, ...]
    names: tuple[tuple[int, str], ...]
    unmapped: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[tuple[str, str], ...], ...]  # (header, cell)
    problem: str


def look_of(run: Run) -> Look:
    """The file with the chosen columns, or with those that this unit chose last time for such headers."""
    recipe, folder = recipe_for(run.recipe, run.given), files.folder(run.pk)
    path, chosen = files.table(run.pk), run.options.get("places")
    if chosen is not None:
        return looks.look(path, folder, recipe, run.options.get("sheet", ""), chosen)
    found = looks.look(path, folder, recipe, run.options.get("sheet", ""))
    saved = saved_mapping(run.unit_id, run.recipe, columns.fingerprint(found.layout.headers, run.recipe))
    return looks.look(path, folder, recipe, found.sheet, saved) if saved else found


def saved_mapping(unit_id: int | None, recipe: str, print_: str) -> dict[str, Sequence[int]] | None:
    """What was chosen for these headers last time."""
    row = Mapping.objects.filter(unit_id=unit_id or 0, recipe=recipe, fingerprint=print_).first()
    return dict(row.chosen) if row else None


def preview_of(actor: Actor, run_id: int) -> Preview | None:
    """The preview of a run that the actor may see."""
    run = visible_to(actor).filter(pk=run_id).first()
    return preview(run) if run else None


def preview(run: Run) -> Preview:
    """Opens the file; one that can't be read comes back with its problem only."""
    try:
        found = look_of(run)
    except BadFile as bad:
        return Preview("", "", "", (), 0, "", (), (), (), (), (), str(bad))
    recipe = recipe_for(run.recipe, run.given)
    form, slots, problem = _form(found, recipe)
    names = [(place, name) for place, name in enumerate(found.names) if place not in slots]
    taken = {place for where in found.places.values() for place in where} | slots
    visible = [place for place, _name in names][:MANY_NAMES]
    private = {place for role in PRIVATE for place in found.places.get(role, ())} if run.recipe in PERSONAL else set()
    return Preview(
        kind=_(KINDS[found.source.kind]),
        encoding=_encoding(found.source.encoding),
        sheet=found.sheet,
        sheets=found.source.sheets,
        header_row=found.sample[found.layout.first][0],
        form=form,
        choices=tuple(_choice(one, found, one.role in PRIVATE and run.recipe in PERSONAL) for one in recipe.columns),
        names=tuple(names),
        unmapped=tuple(name for place, name in names if place not in taken),
        heads=tuple(found.names[place] for place in visible),
        rows=tuple(
            tuple((found.names[place], _cell(row, place, place in private)) for place in visible)
            for row in _body(found)
        ),
        problem=problem,
    )


def _encoding(name: str) -> str:
    """UTF and GB are certain or refused; anything else was guessed, and a person should look for garbled text."""
    return (
        name.upper() if name.startswith(("utf", "gb")) or not name else _("%s（猜测，请核对有无乱码）") % name.upper()
    )


def _form(found: Look, recipe: columns.Recipe) -> tuple[str, set[int], str]:
    """Words for the form of curves, the columns of its times, and what is wrong with the columns."""
    try:
        looks.need(found, recipe)
    except BadFile as bad:
        return "", set(), str(bad)
    if recipe.code != "curves":
        return "", set(), ""
    form = form_of(found.layout.headers, found.places)
    return (_("宽表（每行 96 点）") if form.slots else _("长表（每行一个时刻）")), set(form.slots), ""


def _choice(column: columns.Column, found: Look, private: bool) -> RoleChoice:
    where = found.places.get(column.role, ())
    first = next((cell for row in _body(found) if (cell := _cell(row, where[0], private))), "") if where else ""
    also = "、".join(found.names[place] for place in where[1:])
    return RoleChoice(column.role, column.title, column.required, where[0] if where else None, first, also)


def _body(found: Look) -> list[Sequence[Cell]]:
    return [cells for _number, cells in found.sample[found.layout.body :] if any(cells)][:SAMPLE_ROWS]


def _cell(row: Sequence[Cell], place: int, private: bool) -> str:
    cell = row[place] if place < len(row) else None
    if is_missing(cell):
        return ""
    return f"{half(raw(cell))[:1]}**" if private else shown(cell)
