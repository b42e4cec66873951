"""What others ask of public opinion: its label's door, title and words; and the card on the matter that it is about."""

from functools import partial

from django.urls import reverse

from longzhong.cases.media import selectors
from longzhong.dispatch.matters.rules import Line, Panel, label_of, register_noun, register_panel
from longzhong.kit.actor import Actor

register_noun(
    selectors.NOUN,
    door=selectors.is_visible,
    title=selectors.title,
    url=lambda item_id: reverse("media:detail", args=[item_id]),
    words=selectors.VERB_WORDS,
    says=selectors.told,
)


def panel_of(prefix: str, actor: Actor, number: int) -> Panel | None:
    """The items that are tied to a matter; None if there is none."""
    rows = selectors.tied_to(actor, label_of(prefix, number))
    lines = [Line(row.get_platform_display(), row.title, reverse("media:detail", args=[row.pk])) for row in rows]
    return Panel("相关舆情", tuple(lines), order=70) if lines else None


for prefix in selectors.TIES:  # outages, cases, complaints, estate transfers: each shows what is said of it
    register_panel(prefix, partial(panel_of, prefix))
