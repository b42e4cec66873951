"""What others ask of a notice's label: its door, its title, its address. Notices hear nothing: they are told what to send."""

from django.urls import reverse

from longzhong.dispatch.matters.rules.nouns import register_noun
from longzhong.dispatch.notifications import selectors

register_noun(
    selectors.PREFIX,
    door=selectors.is_visible,
    title=selectors.title,
    url=lambda notice_id: reverse("notifications:notice", args=[notice_id]),
    words=selectors.VERB_WORDS,
)
