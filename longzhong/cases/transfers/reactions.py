"""What others ask of estate transfers: its label's door, title and words; and the card on a case that is about one."""

from django.urls import reverse

from longzhong.cases.hotline import selectors as hotline
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


def case_panel(actor: Actor, case_id: int) -> Panel | None:
    """The transfers that are tied to a case; None if there is none."""
    rows = selectors.tied_to(actor, label_of(hotline.NOUN, case_id))
    lines = [Line(row.estate, row.get_state_display(), reverse("transfers:detail", args=[row.pk])) for row in rows]
    return Panel("小区电力移交", tuple(lines), order=75) if lines else None


register_panel(hotline.NOUN, case_panel)
