"""The card “报备” on a matter that filings cover: which ones, for how long, and what that means."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from longzhong.cases.filings.selectors.covering import Cover, covers_of_case
from longzhong.cases.filings.selectors.door import visible_to
from longzhong.dispatch.matters.rules import Line, Panel, moment_words
from longzhong.kit.actor import Actor


def case_panel(actor: Actor, case_id: int) -> Panel | None:
    """On the customer's case; None if no filing covers it."""
    return panel(actor, covers_of_case(actor, case_id))


def panel(actor: Actor, covers: Sequence[Cover]) -> Panel | None:
    """The card of these filings, with a way to those that the actor may open. No door for the matter itself: the caller's."""
    if not covers:
        return None
    open_ones = set(visible_to(actor).filter(pk__in=[one.filing_id for one in covers]).values_list("pk", flat=True))
    lines = tuple(
        Line(one.kind_label, one.number, one.url if one.filing_id in open_ones else "", _about(one)) for one in covers
    )
    return Panel(_("报备"), lines, note=_("在报备范围内：照常办理，统计时标注，不剔除。"))


def _about(one: Cover) -> str:
    words = [_("%s 至 %s") % (moment_words(one.begins_at), moment_words(one.ends_at)), one.state_label]
    return " · ".join([*words, _("补报")] if one.late else words)
