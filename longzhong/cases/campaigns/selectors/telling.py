"""A campaign's timeline in words: which measure, whose, until when; until when it was prolonged; what somebody wrote."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from longzhong.cases.campaigns.models import Measure
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import StepCard


def told(cards: Sequence[StepCard]) -> list[str]:
    """A line a step; one query for the measures."""
    wanted = {int(card.data["measure"]) for card in cards if card.data.get("measure")}
    rows = {one.pk: one for one in Measure.objects.filter(pk__in=wanted).select_related("owner")} if wanted else {}
    return ["\n".join(filter(None, [_codes(card, rows), matters.said(card)])) for card in cards]


def _codes(card: StepCard, rows: dict[int, Measure]) -> str:
    row = rows.get(int(card.data.get("measure") or 0))
    if row is not None:
        return row.text if card.verb != "add_measure" else _("%(text)s；责任人：%(owner)s；期限 %(day)s") % {
            "text": row.text, "owner": row.owner.name, "day": row.due_on,
        }  # fmt: skip
    return _("结束日期改为 %s") % card.data["ends_on"] if card.verb == "extend" and card.data.get("ends_on") else ""
