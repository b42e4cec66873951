"""What the importer puts on the page of a demolition: the lists that were brought for it, and the way to bring one."""

from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.closures import selectors as closures
from longzhong.cases.closures.rules import Work
from longzhong.dispatch.matters.rules import Line, Link, Panel, moment_words, register_panel
from longzhong.kit.actor import Actor
from longzhong.surfaces.exchange import selectors
from longzhong.surfaces.exchange.rules.runs import OWN, STATE_NAMES, RunState

SHOWN = 3


def lists_panel(actor: Actor, project_id: int) -> Panel | None:
    """For who may import: the last lists with their counts; None for everybody else."""
    project = closures.project_of(actor, project_id)
    if not closures.may_project(actor, OWN["households"], project.unit_id):
        return None
    lines = tuple(_line(run) for run in selectors.runs_about(closures.project_label(project_id))[:SHOWN])
    page = reverse("exchange:households", args=[project_id])
    links = (Link(_("导入名单"), page, "file-import"),) if project.state == Work.OPEN else ()
    note = "" if lines else _("向拆迁办要一份带户号的名单，Excel 或 CSV 都可以。")
    return Panel(_("拆迁户名单"), lines, links, note, order=10) if lines or links else None


def _line(run: selectors.Run) -> Line:
    counts = _("新列入 %(new)s 户，更正 %(changed)s，未变 %(unchanged)s，拒收 %(refused)s 行") % {
        "new": run.new, "changed": run.changed, "unchanged": run.unchanged, "refused": run.refused,
    }  # fmt: skip
    words = counts if run.state == RunState.DONE else _(STATE_NAMES[RunState(run.state)])
    return Line(moment_words(run.at), run.file_name, reverse("exchange:run", args=[run.pk]), words)


register_panel(closures.PROJECT_NOUN, lists_panel)
