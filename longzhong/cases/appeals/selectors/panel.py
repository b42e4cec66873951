"""What appeals put on the complaint's page: until when it may be appealed against, or where its appeal stands."""

from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.appeals.rules import DRAFTERS, JUDGED, LEVEL_LABELS, STATE_LABELS, Level, State
from longzhong.cases.appeals.selectors.door import is_visible
from longzhong.cases.appeals.selectors.lists import last_of, live_of, to_appeal
from longzhong.cases.complaints import selectors as complaints
from longzhong.cases.complaints.rules import SIGN
from longzhong.dispatch.matters.rules import Line, Link, Panel, moment_words
from longzhong.kit import clock
from longzhong.kit.actor import Actor


def panel(actor: Actor, complaint_id: int) -> Panel | None:
    """None where there is nothing to appeal against and never was."""
    now = clock.now()
    window = to_appeal(actor, now).filter(complaint=complaint_id).first()
    newest = live_of(complaint_id) or last_of(complaint_id)
    if newest is not None and not is_visible(actor, newest.pk):
        newest = None
    if window is None and newest is None:
        return None
    lines, links = [], []
    if newest is not None:
        href = reverse("appeals:detail", args=[newest.pk])
        words = moment_words(newest.concluded_at) if newest.state in JUDGED and newest.concluded_at else ""
        lines.append(Line(LEVEL_LABELS[Level(newest.level)], STATE_LABELS[State(newest.state)], href, words))
        links.append(Link(_("查看申诉"), href, "scale"))
    if window is not None:
        lines.append(Line(_("可申诉至"), moment_words(window.last_at), "", LEVEL_LABELS[Level(window.level)]))
        row = window.complaint
        if complaints.may(actor, DRAFTERS, row) and complaints.conflict(actor, row, SIGN) is None:
            links.append(Link(_("起草申诉"), reverse("appeals:new", args=[complaint_id]), "plus"))
    return Panel(_("申诉"), tuple(lines), tuple(links), order=30)
