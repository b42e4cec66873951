"""What others ask of estate transfers: its label's door, title and words; and the card on a matter that is about one."""

from functools import partial

from django.urls import reverse

from longzhong.cases.transfers import selectors
from longzhong.dispatch.matters.rules import Line, Panel, label_of, register_noun, register_panel
from longzhong.kit.actor import Actor

register_noun(
    selectors.NOUN,
    door=selectors.is_visible,
    title=selectors.title,
    url=lambda transfer_id: reverse("transfers:detail", args=[transfer_id]),
    words=selectors.VERB_WORDS,
    says=selectors.told,
)


def panel_of(prefix: str, actor: Actor, number: int) -> Panel | None:
    """The transfers that are tied to a matter; None if there is none."""
    rows = selectors.tied_to(actor, label_of(prefix, number))
    lines = [Line(row.estate, row.get_state_display(), reverse("transfers:detail", args=[row.pk])) for row in rows]
    return Panel("小区电力移交", tuple(lines), order=75) if lines else None


for prefix in selectors.TIES:  # cases, complaints, public opinion, outages: each shows the transfer that it is about
    register_panel(prefix, partial(panel_of, prefix))
