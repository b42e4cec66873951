"""What others ask of a case's label, and what it says on the pages of a complaint and of a customer's case."""

from django.urls import reverse

from longzhong.cases.complaints import selectors as complaints
from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.lessons import selectors
from longzhong.dispatch.matters.rules import register_noun, register_panel

register_noun(
    selectors.NOUN,
    door=selectors.is_visible,
    title=selectors.title,
    url=lambda lesson_id: reverse("lessons:detail", args=[lesson_id]),
    words=selectors.VERB_WORDS,
)
register_panel(complaints.NOUN, selectors.panel)
register_panel(hotline.NOUN, selectors.case_panel)
