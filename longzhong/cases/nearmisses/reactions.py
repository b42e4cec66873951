"""What averted complaints and the service record hear; and how others show one by its label."""

from django.urls import reverse

from longzhong.cases.hotline.events import CaseMoved
from longzhong.cases.nearmisses import selectors, services
from longzhong.dispatch.matters.rules import register_noun
from longzhong.kit.actor import Actor
from longzhong.kit.events import on

RECORD = Actor.machine("nearmisses")

register_noun(
    selectors.NOUN,
    door=selectors.is_visible,
    title=selectors.title,
    url=lambda near_miss_id: reverse("nearmisses:detail", args=[near_miss_id]),
    words={
        "record": "登记化解",
        "confirm": "确认化解",
        "send_back": "退回补充",
        "revoke": "撤销确认",
        "amend": "补充后再报",
    },
)


@on(CaseMoved, when=lambda fact: fact.about_staff_id is not None)
def mark_staff(fact: CaseMoved) -> None:
    """A complaint or praise about somebody enters their service record; what the case no longer is leaves it."""
    services.mark_case(case_id=fact.case_id, by=RECORD, at=fact.at)
