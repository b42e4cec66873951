"""What customers told, as tiles: each number is counted by the hotline and opens the list that it counts."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors as hotline
from longzhong.kit import web
from longzhong.kit.web import Tile


def voice_tiles(who: web.Actor, now: datetime) -> list[Tile]:
    """Live cases, late ones, those that wait for the call-back, promises past their time, calls that nobody settled yet."""
    told = hotline.numbers(who, now)
    board = reverse("hotline:board")
    return [
        Tile(_("未办结诉求"), told.live, _("件"), board, note=_("今日来电 %s 个") % told.today),
        Tile(_("超时诉求"), told.late, _("件"), f"{board}?state=late", "late"),
        Tile(_("待回访"), told.calling, _("件"), f"{board}?state=calling", "soon"),
        Tile(_("逾期承诺"), told.overdue, _("个"), f"{reverse('hotline:promises')}?tab=overdue", "late"),
        Tile(_("待处理来电"), told.kept, _("个"), f"{reverse('hotline:calls')}?tab=kept", "soon"),
    ]
