"""The words that the policy pages share."""

from django.utils.translation import gettext as _

from longzhong.kit.actor import Actor
from longzhong.kit.web import Badge
from longzhong.register.org.rules import Role
from longzhong.register.policies.rules import (
    CONFIDENCE_LABELS,
    SECURITY_GROUPS,
    Candidate,
    Confidence,
    Explanation,
    Standing,
)
from longzhong.register.policies.rules import confirmed as is_confirmed


def confidence_badge(confidence: str) -> Badge | str:
    """待确认 in amber with the code of the source; confirmed ones in grey."""
    if not confidence:
        return ""
    label = f"{_(CONFIDENCE_LABELS[Confidence(confidence)])} {confidence}"
    return Badge("closed", label, "check") if is_confirmed(confidence) else Badge("soon", label, "help-circle")


def standing_words(candidate: Candidate, said: Explanation) -> str:
    """Why this candidate won or lost, in a sentence."""
    if candidate.standing is Standing.WON:
        return _won(said)
    sentences = {
        Standing.NEARER_UNIT: _("当日有效，但有更近的取值：单位自设的先于上级，单位的先于全公司。"),
        Standing.OWN_EDITION: _("当日有效，但同一范围内本单位所用版本的取值优先。"),
        Standing.OTHER_EDITION: _("属于另一个版本，本单位当日不用这个版本。"),
        Standing.OTHER_UNIT: _("属于别的单位，该单位不在本单位的上级链上。"),
        Standing.NOT_YET: _("当日还没有生效。"),
        Standing.ENDED: _("当日已经被后来的取值取代。"),
        Standing.WITHDRAWN: _("还没有生效就被取代，从未使用过。"),
    }
    return sentences[candidate.standing]


def _won(said: Explanation) -> str:
    if said.row.unit_id is not None:
        return _("生效：这是离本单位最近的一级单位所设的取值。")
    if said.row.edition:
        return _("生效：单位都没有自设，采用本单位所用版本的取值。")
    return _("生效：单位和版本都没有自设，采用通用取值。")


def may_change(who: Actor, group: str) -> bool:
    """Whether the button is worth showing; the service decides."""
    return who.has(Role.SECURITY) or (who.has(Role.QUALITY) and group not in SECURITY_GROUPS)
