"""What others ask of filings: the door, title and words of their label, and the card on a covered case."""

from django.urls import reverse

from longzhong.cases.filings import selectors
from longzhong.cases.hotline import selectors as hotline
from longzhong.dispatch.matters.rules import register_noun, register_panel

register_noun(
    selectors.NOUN,
    door=selectors.is_visible,
    title=selectors.title,
    url=lambda filing_id: reverse("filings:detail", args=[filing_id]),
    words=selectors.VERB_WORDS,
    says=selectors.told,
)

register_panel(hotline.NOUN, selectors.case_panel)
