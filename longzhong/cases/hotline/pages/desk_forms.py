"""What the desk sends: one form, read into what one service takes."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.cases.hotline.rules.cues import cues_of
from longzhong.cases.hotline.rules.given import Caller, NewCall, NewCase
from longzhong.cases.hotline.rules.words import (
    CHANNEL_LABELS,
    HAZARD_LABELS,
    MOOD_LABELS,
    SECRECY_LABELS,
    URGENCY_LABELS,
    Channel,
    Hazard,
    Mood,
    Secrecy,
    Urgency,
)
from longzhong.cases.hotline.selectors.guessing import guesses
from longzhong.cases.hotline.services.desking import ANSWER, KEEP, OPEN, OUTAGE, URGE, DeskCall, Promised
from longzhong.kit.clock import civil_day, day_start
from longzhong.register.categories import selectors as categories

LATEST = 2**53
DOES = [(OPEN, _("立单并派单")), (ANSWER, _("当场答复")), (OUTAGE, _("停电告知")), (KEEP, _("先留存"))]
PROMISES = {
    "": _("没有承诺"),
    "2h": _("2 小时内回电"),
    "today": _("今天 18:00 前答复"),
    "24h": _("24 小时内答复"),
    "tomorrow": _("明天 12:00 前答复"),
}
YES_NO = [("", _("没有问")), ("yes", _("满意")), ("no", _("不满意"))]


def words(labels: Any) -> list[tuple[str, Any]]:
    return [(str(getattr(key, "value", key)), label) for key, label in labels.items()]


AUTO = ("", _("按内容判断"))
NO_HAZARD = "no"
HAZARDS = [pair for pair in words(HAZARD_LABELS) if pair[0]]


class DeskForm(forms.Form):
    """Shapes only; what may be done is the services' to say."""

    do = forms.ChoiceField(choices=DOES, required=False)
    channel = forms.ChoiceField(
        label=_("渠道"), choices=words(CHANNEL_LABELS), initial=Channel.PHONE_95598, required=False
    )
    phone = forms.CharField(label=_("来电号码"), max_length=40, required=False)
    name = forms.CharField(label=_("来电人"), max_length=60, required=False)
    text = forms.CharField(
        label=_("诉求内容"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 5}), strip=False
    )
    guess = forms.IntegerField(min_value=1, max_value=LATEST, required=False)
    own_pick = forms.IntegerField(min_value=1, max_value=LATEST, required=False)
    category = forms.TypedChoiceField(
        label=_("另选分类"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.Select(attrs={"aria-label": _("诉求分类")}),
    )
    urgency = forms.TypedChoiceField(
        label=_("紧急程度"), choices=[AUTO, *words(URGENCY_LABELS)], coerce=int, required=False, empty_value=None
    )
    mood = forms.ChoiceField(label=_("客户情绪"), choices=[AUTO, *words(MOOD_LABELS)], required=False)
    secrecy = forms.ChoiceField(label=_("保密方式"), choices=[AUTO, *words(SECRECY_LABELS)], required=False)
    hazard = forms.ChoiceField(label=_("危险"), choices=[AUTO, (NO_HAZARD, _("没有危险")), *HAZARDS], required=False)
    over_level = forms.BooleanField(label=_("提到越级（12345、媒体、信访）"), required=False)
    promise = forms.ChoiceField(label=_("向客户承诺"), choices=words(PROMISES), required=False)
    reply = forms.CharField(label=_("答复内容"), max_length=1000, required=False)
    satisfied = forms.ChoiceField(label=_("客户满意吗"), choices=YES_NO, required=False)
    outage = forms.IntegerField(min_value=1, max_value=LATEST, required=False)
    same = forms.RegexField(r"(join|urge):[1-9][0-9]{0,15}", required=False)
    account = forms.IntegerField(min_value=1, max_value=LATEST, required=False)
    area = forms.IntegerField(min_value=1, max_value=LATEST, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leaves = [(node.id, node.label) for node in categories.leaves()]
        self.fields["category"].choices = [("", _("按上面的建议")), *leaves]  # type: ignore[attr-defined]

    @property
    def earlier(self) -> tuple[str, int | None]:
        """("join", case) or ("urge", case) where an earlier case was picked."""
        verb, _colon, number = str(self.cleaned_data.get("same") or "").partition(":")
        return verb, int(number) if number else None

    def done(self, at: datetime) -> DeskCall:
        """What to do, from a valid form."""
        data, (verb, earlier) = self.cleaned_data, self.earlier
        do = URGE if verb == "urge" and data["do"] in ("", OPEN) else data["do"] or OPEN
        reply = data["reply"] or (str(_("已当场答复")) if do == ANSWER else "")
        return DeskCall(
            do=do, call=self.call(), case=self._case(at) if do == OPEN else None, reply=reply, outage_id=data["outage"],
            satisfied={"yes": True, "no": False}.get(data["satisfied"]), earlier_id=earlier,
            promised=promised(data["promise"], at),
        )  # fmt: skip

    def call(self) -> NewCall:
        data = self.cleaned_data
        caller = Caller(data["name"], data["phone"], "", data["account"])
        mood = Mood(data["mood"] or cues_of(data["text"]).mood)
        return NewCall(
            channel=Channel(data["channel"] or Channel.PHONE_95598),
            text=data["text"],
            caller=caller,
            area_id=data["area"],
            mood=mood,
        )

    def _case(self, at: datetime) -> NewCase | None:
        """A `guess` that the page had ticked itself (`own_pick`) is not yet a person's choice; blanks mean what the words say."""
        data = self.cleaned_data
        category, confidence, chosen = data["category"] or data["guess"], None, True
        if category is None or category == data["own_pick"]:
            found = guesses(data["text"], at)
            if not (found.best and found.sure):
                return None
            category, confidence, chosen = found.best.category_id, found.best.confidence, False
        heard = cues_of(data["text"])
        hazard = (
            heard.hazard
            if not data["hazard"]
            else Hazard.NONE
            if data["hazard"] == NO_HAZARD
            else Hazard(data["hazard"])
        )
        return NewCase(
            category_id=category, urgency=Urgency(data["urgency"] or heard.urgency), hazard=hazard, chosen=chosen,
            secrecy=Secrecy(data["secrecy"] or heard.secrecy), over_level=data["over_level"] or bool(heard.over),
            confidence=confidence,
        )  # fmt: skip


def promised(choice: str, at: datetime) -> Promised | None:
    """The quick choice as a moment; "today" after 17:00 is already tomorrow's."""
    today = day_start(civil_day(at))
    moments = {
        "2h": at + timedelta(hours=2),
        "24h": at + timedelta(hours=24),
        "today": today + timedelta(hours=18 if at < today + timedelta(hours=17) else 36),
        "tomorrow": today + timedelta(hours=36),
    }
    return Promised(str(PROMISES[choice]), moments[choice]) if choice in moments else None
