"""What others ask of a campaign's label, and what it says on a complaint's page."""

from django.urls import reverse

from longzhong.cases.campaigns import selectors
from longzhong.dispatch.matters.rules import register_noun, register_panel

register_noun(
    selectors.NOUN,
    door=selectors.is_visible,
    title=selectors.title,
    url=lambda campaign_id: reverse("campaigns:detail", args=[campaign_id]),
    words=selectors.VERB_WORDS,
    says=selectors.told,
)
register_panel("complaints.complaint", selectors.panel)
