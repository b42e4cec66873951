"""Machines, script, candidates, matching words and coaching cards: cell by cell."""

from datetime import date, datetime, timedelta

import pytest

from longzhong.cases.hotline.rules.coaching import COACHING, coaching
from longzhong.cases.hotline.rules.words import Mood
from longzhong.cases.petitioners.rules import (
    FILE,
    INCIDENT,
    MATCH_POINTS,
    SCRIPT,
    FileState,
    IncidentState,
    Level,
    MatchBy,
    advice_of,
    next_stage,
)
from longzhong.cases.petitioners.rules.candidates import Caller, groups
from longzhong.kit.clock import CST
from longzhong.kit.errors import Refused

T = datetime(2026, 3, 1, 9, 0, tzinfo=CST)
F, S = FileState, IncidentState
FILE_MOVES = {
    (F.OPEN, "close"): F.CLOSED,
    (F.CLOSED, "reopen"): F.OPEN,
    (F.OPEN, "merge"): F.MERGED,
    (F.CLOSED, "merge"): F.MERGED,
}
INCIDENT_MOVES = {
    (S.ESCALATED, "take"): S.TAKEN, (S.TAKEN, "release"): S.ESCALATED, (S.TAKEN, "settle"): S.SETTLED,
    (S.ESCALATED, "withdraw"): S.WITHDRAWN,
}  # fmt: skip


@pytest.mark.parametrize("verb", ["close", "reopen", "merge"])
@pytest.mark.parametrize("state", list(F))
def test_a_file_cell_by_cell(state, verb):
    target = FILE_MOVES.get((state, verb))
    if target is None:
        with pytest.raises(Refused, match="wrong_state"):
            FILE.move(verb, state)
    else:
        assert FILE.move(verb, state).target is target


@pytest.mark.parametrize("verb", ["take", "release", "settle", "withdraw"])
@pytest.mark.parametrize("state", list(S))
def test_an_incident_cell_by_cell(state, verb):
    target = INCIDENT_MOVES.get((state, verb))
    if target is None:
        with pytest.raises(Refused, match="wrong_state"):
            INCIDENT.move(verb, state)
    else:
        assert INCIDENT.move(verb, state).target is target


@pytest.mark.parametrize(
    ("done", "code"),
    [((), "vip"), ((1,), "talk"), ((1, 2), "explain"), ((1, 2, 3), None), ((2,), "vip"), ((1, 3), "talk")],
)
def test_which_step_comes_now(done, code):
    stage = next_stage(done)
    assert (stage.code if stage else None) == code


def test_the_three_steps_are_those_of_the_seed():
    assert [stage.title for stage in SCRIPT] == ["当成 VIP", "先唠家常", "心平气和再解释"]
    assert "白开水" in SCRIPT[0].do and "会客室" in SCRIPT[0].do


def caller(phone="", person=None, account=None, calls=1, days=0, call_id=1):
    return Caller(phone, person, account, calls, T + timedelta(days=days), call_id)


@pytest.mark.parametrize(
    ("callers", "least", "found"),
    [
        pytest.param([caller("a", calls=5)], 5, [(5, 1, False)], id="enough of one phone"),
        pytest.param([caller("a", calls=4)], 5, [], id="one too few"),
        pytest.param(
            [caller("a", 7, calls=3), caller("b", 7, calls=2, days=1, call_id=2)], 5, [(5, 2, False)],
            id="two phones, one identity",
        ),
        pytest.param(
            [caller("a", 7), caller("b", 8), caller("a", 8, calls=3, call_id=9)], 5, [(5, 9, False)],
            id="a chain: a–7, b–8, and a–8 joins both",
        ),
        pytest.param([caller("a", account=1, calls=3), caller("b", account=1, calls=2)], 5, [(5, 1, True)], id="a household"),
        pytest.param(
            [caller("a", account=1, calls=5), caller("b", account=1, calls=5, call_id=2)], 5, [(5, 1, False), (5, 2, False)],
            id="two people of one account stand for themselves",
        ),
        pytest.param([caller(account=1, calls=6)], 5, [(6, 1, True)], id="without a phone only the account is known"),
        pytest.param([caller(calls=50)], 5, [], id="nobody known is nobody"),
        pytest.param([caller("a", calls=5), caller("b", calls=9, call_id=2)], 5, [(9, 2, False), (5, 1, False)], id="most first"),
    ],
)  # fmt: skip
def test_candidates(callers, least, found):
    assert [(group.calls, group.call_id, group.shared) for group in groups(callers, least)] == found


def test_a_name_alone_weighs_least():
    order = sorted(MatchBy, key=lambda by: MATCH_POINTS.get(by, 0), reverse=True)
    assert order[:4] == [MatchBy.PERSON, MatchBy.PHONE, MatchBy.ACCOUNT, MatchBy.NAME]


@pytest.mark.parametrize("mood", list(Mood))
def test_every_mood_has_a_card(mood):
    card = coaching(mood)
    assert card is COACHING[mood] and card.do and card.say and card.avoid and card.title
    assert bool(card.call_help) == (mood is not Mood.CALM)


def test_the_cards_say_what_the_rule_says():
    """S2-06: stay calm, find the source, don't rush to rules, guide emotion."""
    told = "".join(line for card in COACHING.values() for line in (*card.do, *card.avoid, card.aim))
    for words in ("保持平静", "找源头", "一上来就念条文", "先处理心情"):
        assert words in told
    assert coaching("nonsense") is COACHING[Mood.CALM]


@pytest.mark.parametrize(
    ("level", "moods", "topics", "last", "says"),
    [
        (Level.FREQUENT, [], [], None, "按三步法：请进会客室倒水，先唠家常，平静了再解释。"),
        (Level.OCCASIONAL, [Mood.CALM], ["电费"], None, "熟客，先问上次的事落实没有；常说：电费。"),
        (
            Level.FRIEND,
            [Mood.EXCITED, Mood.FURIOUS],
            [],
            date(2026, 3, 1),
            "老朋友，照常热情接待；近来有过“非常激动”；上次 2026-03-01。",
        ),
    ],
)
def test_advice(level, moods, topics, last, says):
    assert advice_of(level, moods, topics, last) == says
