"""Panels and their votes (评审组): odd, nobody twice, nobody with a tie; the majority by what at least most of them would give.

Votes are secret until all have voted: who votes later decides on the papers, not on what others said. Three answers may split
without a majority for any; then the middle vote decides: most of the panel would give at least that much, and most at most that
much. For two answers it is the plain majority. Pure.
"""

from collections.abc import Sequence

from longzhong.cases.appeals.rules.words import Choice

LEAST = 3
ORDER = list(Choice)
FLAWS = {
    "panel_even": "制度参数“申诉评审组人数”须为不少于 3 的单数；什么都没有改动，请联系管理员。",
    "panel_size": "评审组人数与制度参数不符；什么都没有改动。",
    "panel_twice": "同一人不能在评审组里两次；什么都没有改动。",
}
TIES = {
    "own_complaint": "评审人不能是被投诉人；什么都没有改动。",
    "own_work": "评审人不能是这件投诉的调查人；什么都没有改动。",
    "own_reply": "评审人不能写过这件投诉的单位回复；什么都没有改动。",
    "own_review": "评审人不能做过这件投诉的专业审核；什么都没有改动。",
    "own_decision": "评审人不能做过这件投诉的核定；什么都没有改动。",
    "own_appeal": "评审人不能是申诉的起草人；什么都没有改动。",
    "own_seal": "评审人不能在申诉上盖过章；什么都没有改动。",
    "sat_before": "最终申诉的评审人不能参加过初次申诉的评审；什么都没有改动。",
}


def panel_flaw(members: Sequence[int], size: int) -> str | None:
    """The code of what is wrong with a panel; None where nothing is."""
    if size < LEAST or size % 2 == 0:
        return "panel_even"
    if len(set(members)) != len(members):
        return "panel_twice"
    return None if len(members) == size else "panel_size"


def outcome(votes: Sequence[Choice]) -> Choice:
    """What an odd number of votes comes to: the middle one. ValueError for an even number."""
    if len(votes) % 2 == 0:
        raise ValueError(f"a panel votes in odd numbers, not {len(votes)}")
    return sorted(votes, key=ORDER.index)[len(votes) // 2]
