"""What appeals hear: verdicts open a window, complaints that are investigated again take their appeal away; and what others ask
of their label.
"""

from django.urls import reverse

from longzhong.cases.appeals import selectors, services
from longzhong.cases.appeals.events import AppealMoved
from longzhong.cases.appeals.rules import LIVE, Level
from longzhong.cases.complaints import selectors as complaints
from longzhong.cases.complaints.events import ComplaintDecided, ComplaintMoved
from longzhong.cases.complaints.rules import UNSETTLES
from longzhong.dispatch.matters.rules import register_noun, register_panel
from longzhong.kit.actor import Actor
from longzhong.kit.events import on

HOUSE = Actor.machine("appeals")

register_noun(
    selectors.NOUN,
    door=selectors.is_visible,
    title=selectors.title,
    url=lambda appeal_id: reverse("appeals:detail", args=[appeal_id]),
    words=selectors.VERB_WORDS,
    says=selectors.told,
)
register_panel(complaints.NOUN, selectors.panel)


@on(ComplaintDecided, when=lambda fact: not fact.appeal)
def promise_window(fact: ComplaintDecided) -> None:
    """Only a first verdict opens the window of the first appeal; a correction by appeal doesn't."""
    services.open_window(complaint_id=fact.complaint_id, level=Level.FIRST, by=HOUSE, at=fact.at)


@on(ComplaintMoved, when=lambda fact: fact.verb in UNSETTLES)
def lapse_with_complaint(fact: ComplaintMoved) -> None:
    services.lapse(complaint_id=fact.complaint_id, by=HOUSE, at=fact.at)


@on(AppealMoved, when=lambda fact: fact.state in LIVE)
def lapse_at_once(fact: AppealMoved) -> None:
    """An appeal that was written while the complaint was being opened again is about nothing either."""
    services.lapse(complaint_id=fact.complaint_id, by=HOUSE, at=fact.at)
