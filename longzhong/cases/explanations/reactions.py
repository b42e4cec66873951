"""What others ask of a sheet's label: its door, its title, its address. Sheets hear no facts."""

from longzhong.cases.explanations import selectors
from longzhong.cases.explanations.rules import MACHINE
from longzhong.dispatch.matters.rules.nouns import register_noun

register_noun(
    selectors.NOUN,
    door=selectors.is_visible,
    title=selectors.title,
    url=selectors.url,
    words={"explain": "出具解释单", **{move.verb: move.label for move in MACHINE.moves}},
)
