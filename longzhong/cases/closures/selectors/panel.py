"""On a customer's case: the closure or demolition household of its account, what is missing, when it is contacted next."""

from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.closures.models import Household
from longzhong.cases.closures.rules import (
    ABOUT_CLOSING,
    HALL,
    HOUSE_LABELS,
    HOUSE_LIVE,
    LIVE,
    STATE_LABELS,
    UNBEGUN,
    House,
    State,
    paper_words,
)
from longzhong.cases.closures.selectors.door import visible_households
from longzhong.cases.closures.selectors.lists import board
from longzhong.cases.hotline import selectors as hotline
from longzhong.dispatch.matters.rules import Line, Link, Panel
from longzhong.kit.actor import Actor


def panel(actor: Actor, case_id: int) -> Panel | None:
    """Not for who may not know the caller: an account's closure names its customer."""
    case = hotline.visible_to(actor).select_related("category").filter(pk=case_id).first()
    if case is None or case.account_id is None or not hotline.may_know_caller(actor, case):
        return None
    lines, links = _closure(actor, case.account_id) or _household(actor, case.account_id) or ((), ())
    if not lines and (case.category.code not in ABOUT_CLOSING or not actor.has(*HALL)):
        return None
    begin = reverse("closures:begin", args=[case.account_id]) + f"?case={case.number}"
    begins = not links and actor.has(*HALL)
    note = "" if lines else _("客户要销户的，口头提出也先登记，材料一次性告知；登记后不再发电费短信。")
    return Panel(_("拆迁销户"), lines, (Link(_("登记销户"), begin, "plus"),) if begins else links, note, order=30)


def _closure(actor: Actor, account_id: int) -> tuple[tuple[Line, ...], tuple[Link, ...]] | None:
    row = board(actor).filter(account=account_id, state__in=LIVE).first()
    if row is None:
        return None
    href = reverse("closures:detail", args=[row.pk])
    missing: list[str] = row.missing  # type: ignore[attr-defined]
    papers = "、".join(paper_words(code).partition("（")[0] for code in missing)
    lines = [
        Line(_("销户"), row.number, href, str(STATE_LABELS[State(row.state)])),
        Line(_("下次联系"), row.next_on or _("没有约定"), note=row.owner.name),
        Line(_("还缺材料"), papers or _("齐了") if row.applied_at else _("还没有正式受理")),
    ]
    if row.household is not None:
        lines.append(_project(row.household))
    return tuple(lines), (Link(_("接着办"), href, "arrow-right"),)


def _household(actor: Actor, account_id: int) -> tuple[tuple[Line, ...], tuple[Link, ...]] | None:
    """A household that is on a demolition's list and has no closure yet; the panel offers to begin it where it may begin."""
    rows = visible_households(actor).select_related("project").filter(account=account_id, state__in=HOUSE_LIVE)
    row = rows.first()
    if row is None:
        return None
    href = reverse("closures:household", args=[row.pk])
    lines = (_project(row), Line(_("下次联系"), row.next_on or _("没有约定")))
    return lines, () if row.state in UNBEGUN else (Link(_("打开拆迁户"), href, "arrow-right"),)


def _project(row: Household) -> Line:
    words = str(HOUSE_LABELS[House(row.state)])
    return Line(_("拆迁户"), row.project.name, reverse("closures:household", args=[row.pk]), words)
