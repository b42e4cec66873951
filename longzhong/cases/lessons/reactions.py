"""What others ask of a case's label, and what it says on a complaint's page."""

from django.urls import reverse

from longzhong.cases.lessons import selectors
from longzhong.dispatch.matters.rules import register_noun, register_panel

register_noun(
    selectors.NOUN,
    door=selectors.is_visible,
    title=selectors.title,
    url=lambda lesson_id: reverse("lessons:detail", args=[lesson_id]),
    words=selectors.VERB_WORDS,
)
register_panel("complaints.complaint", selectors.panel)
