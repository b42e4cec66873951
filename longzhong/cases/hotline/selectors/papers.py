"""Which documents an application was accepted with and which are still to come, read from its timeline."""

from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.rules.papers import Papers, papers_of
from longzhong.cases.hotline.selectors.door import label
from longzhong.dispatch.matters import selectors as matters


def papers(case: Case) -> Papers | None:
    """None for a case that wasn't accepted with one document."""
    steps = sorted(matters.steps(label(case.pk)), key=lambda step: step.seq)
    return papers_of((step.verb, dict(step.data)) for step in steps)
