"""What the alerts board shows of frequent outage: how many are red and amber, the most urgent, and where their prevention is."""

from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.assessment.reliability.rules import LIVE, READERS, STATE_LABELS, Level, State
from longzhong.assessment.reliability.selectors.watches import counts, most_urgent
from longzhong.dispatch.matters.rules import Line, Link, Panel
from longzhong.kit.actor import Actor


def frequent_panel(actor: Actor, _number: int) -> Panel | None:
    """None where no watch is live; two queries. Each watch has its prevention order, which its page shows."""
    if not (actor.system or actor.has(*READERS)):
        return None
    found = counts(actor)
    live = {level: sum(found.get((state, level), 0) for state in LIVE) for level in Level}
    if not any(live.values()):
        return None
    words = _("红色 %(red)s 个台区，黄色 %(amber)s 个") % {"red": live[Level.RED], "amber": live[Level.AMBER]}
    lines = [Line(_("未平息"), words)]
    for row in most_urgent(actor):
        told = _("%(level)s · %(n)s 次 · %(state)s") % {
            "level": Level(row.level).word, "n": row.times, "state": STATE_LABELS[State(row.state)],
        }  # fmt: skip
        lines.append(Line(str(row.area), told, reverse("reliability:watch", args=[row.pk])))
    links = (Link(_("全部频繁停电预警"), reverse("reliability:frequent"), "bolt"),)
    return Panel(
        _("频繁停电预警"), tuple(lines), links, _("60 天内多次停电的台区，已各派预防工单；修好要由不再停电证明。"), 10
    )
