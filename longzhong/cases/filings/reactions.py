"""What others ask of filings: the door, title and words of their label, and the card on a case or complaint that is covered."""

from django.urls import reverse

from longzhong.cases.filings import selectors
from longzhong.cases.hotline import selectors as hotline
from longzhong.dispatch.matters.rules import Line, Panel, moment_words, register_noun, register_panel
from longzhong.kit.actor import Actor

register_noun(
    selectors.NOUN,
    door=selectors.is_visible,
    title=selectors.title,
    url=lambda filing_id: reverse("filings:detail", args=[filing_id]),
    words=selectors.VERB_WORDS,
    says=selectors.told,
)


def case_panel(actor: Actor, case_id: int) -> Panel | None:
    """The filings that cover a case; None if there is none."""
    covers = selectors.covers_of_case(actor, case_id)
    lines = tuple(
        Line(one.kind_label, one.number, one.url, f"{moment_words(one.begins_at)} 至 {moment_words(one.ends_at)}")
        for one in covers
    )
    return Panel("报备", lines, note="这件诉求在报备范围内：照常办理，统计时标注，不剔除。") if covers else None


register_panel(hotline.NOUN, case_panel)
