"""What a template says, in plain values; and what it would look like."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from longzhong.dispatch.notifications.models import Notice, Provider, Template
from longzhong.dispatch.notifications.rules import (
    LONGEST,
    PURPOSES,
    UNSUBSCRIBE,
    Channel,
    NoticeLimits,
    Purpose,
    Text,
    Variable,
    VarType,
)
from longzhong.dispatch.notifications.rules.sms import Coding, measure, signed
from longzhong.dispatch.notifications.rules.texts import ACK, longest_params, render, samples
from longzhong.kit.clock import civil_day
from longzhong.register.policies import selectors as policies


@dataclass(frozen=True)
class Preview:
    """A text as it will go out; units and parts are of short messages (0 elsewhere), `most_parts` with the longest values."""

    channel: Channel
    subject: str
    text: str
    units: int
    parts: int
    coding: str
    most_parts: int
    too_long: bool


def variables_of(template: Template) -> tuple[Variable, ...]:
    """The declared places of a template."""
    return tuple(
        Variable(
            row["name"],
            row["words"],
            VarType(row["type"]),
            row["longest"],
            row.get("joined", False),
            row.get("sample", ""),
        )
        for row in template.variables
    )


def texts_of(template: Template) -> dict[Channel, Text]:
    """What each channel says."""
    return {Channel(one): Text(row["body"], row.get("subject", "")) for one, row in template.texts.items()}


def current_template(code: str) -> Template | None:
    """The current edition of a code."""
    return Template.objects.filter(code=code, current=True).first()


def last_edition(code: str) -> Template | None:
    """The newest edition of a code, in use or retired; for whoever ships texts and must not undo what a person did."""
    return Template.objects.filter(code=code).order_by("-edition").first()


def worded(template: Template, channel: Channel, text: Text, params: Mapping[str, str]) -> Text:
    """The text with its places filled, signed where it is a short message."""
    body = render(text.body, params)
    if channel is Channel.SMS:
        suffix = UNSUBSCRIBE if PURPOSES[Purpose(template.purpose)].unsubscribe else ""
        body = signed(template.signature, body, suffix)
    return Text(body, render(text.subject, params))


def previews(template: Template, params: Mapping[str, str], limits: NoticeLimits) -> list[Preview]:
    """Every channel's text with these values (samples where there are none)."""
    variables = variables_of(template)
    values = {ACK: "a1b2c3d4e5f6", **samples(variables), **{key: value for key, value in params.items() if value}}
    longest = {ACK: "a" * 40, **longest_params(variables), **{key: value for key, value in params.items() if value}}
    return [_preview(template, one, text, values, longest, limits) for one, text in texts_of(template).items()]


def limits_of(notice: Notice, at: datetime) -> NoticeLimits:
    """The policies of quiet hours and frequency for a notice's unit on this day."""
    return policies.limits(NoticeLimits, "notices", unit_id=notice.unit_id, day=civil_day(at))


def enabled_providers(channel: str) -> list[Provider]:
    """Who may be asked on a channel, in order."""
    return list(Provider.objects.filter(channel=channel, enabled=True).order_by("place", "id"))


def _preview(
    template: Template, channel: Channel, text: Text, values: Mapping[str, str], longest: Mapping[str, str],
    limits: NoticeLimits,
) -> Preview:  # fmt: skip
    told, most = worded(template, channel, text, values), worded(template, channel, text, longest)
    if channel is not Channel.SMS:
        return Preview(channel, told.subject, told.body, 0, 0, "", 0, len(most.body) > LONGEST[channel])
    now, worst = measure(told.body), measure(most.body)
    coding = "UCS-2" if now.coding is Coding.UCS2 else "GSM 7-bit"
    return Preview(
        channel, "", told.body, now.units, now.parts, coding, worst.parts, worst.parts > limits.sms_parts
    )  # fmt: skip
