"""The rules as tables: answers, codes, names, addresses."""

from datetime import timedelta

import pytest

from longzhong.sensing.outages.rules.words import Kind
from longzhong.surfaces.portal.rules import (
    Known,
    answer_for,
    asked_words,
    client_address,
    client_net,
    code_of,
    is_code,
    key_fits,
    normal_code,
    nothing_known,
    short_name,
    shown_code,
    stage_words,
)
from tests.cases.hotline.make import MORNING

HOUR = timedelta(hours=1)


def known(**changes: object) -> Known:
    plain = {
        "kind": Kind.FAULT, "reason": "雷击", "starts_at": MORNING - HOUR, "expected_end_at": MORNING + 3 * HOUR,
        "restored_at": None, "running": True, "confirmed": True, "overdue": False,
    }  # fmt: skip
    return Known(**{**plain, **changes})  # type: ignore[arg-type]


CASES = (
    ((), "none", "没有查到停电信息"),
    ((known(),), "out", "您那里正在停电，预计 12:00 恢复"),
    ((known(expected_end_at=None),), "out", "您那里正在停电，恢复时间还不能确定"),
    ((known(overdue=True, expected_end_at=MORNING - HOUR / 2),), "out", "您那里还在停电，比预计的晚了"),
    ((known(confirmed=False),), "unsure", "有人反映您那里停电，正在核实"),
    ((known(kind=Kind.PLANNED, running=False, starts_at=MORNING + HOUR, reason="设备检修"),), "coming",
     "您那里现在没有停电；10:00–12:00 要计划停电"),
    ((known(kind=Kind.PLANNED, running=False),), "coming", "您那里到了计划停电的时间"),
    ((known(running=False, restored_at=MORNING - HOUR / 2),), "back", "您那里 08:30 已经恢复供电"),
    ((known(running=False, restored_at=MORNING), known(confirmed=False), known()), "out", "您那里正在停电，预计 12:00 恢复"),
)  # fmt: skip


@pytest.mark.parametrize(("rows", "state", "title"), CASES)
def test_answers(rows: tuple[Known, ...], state: str, title: str) -> None:
    answer = answer_for(rows, MORNING)
    assert (answer.state, answer.title) == (state, title)
    assert answer.advice
    assert all(line.endswith(("。", "；")) for line in (*answer.lines, *answer.advice))


def test_part_and_further_plans_are_told() -> None:
    later = known(kind=Kind.PLANNED, running=False, starts_at=MORNING + timedelta(days=1), expected_end_at=None)
    words = "".join(answer_for([known(part=True), later], MORNING).lines)
    assert "只影响其中一部分" in words
    assert "3月3日 09:00起 还安排了计划停电" in words
    assert answer_for([], MORNING) == nothing_known()
    assert "户号" not in "".join(answer_for([], MORNING, of_place=True).lines), "nobody was asked for one"


def test_codes_are_read_as_people_type_them() -> None:
    code = code_of("f" * 64)
    assert is_code(code)
    assert shown_code("7K3MQ2WX9TBP") == "7K3M-Q2WX-9TBP"
    for typed in ("7k3m-q2wx-9tbp", " 7K3M Q2WX 9TBP ", "７Ｋ３Ｍ－Ｑ２ＷＸ－９ＴＢＰ"):
        assert normal_code(typed) == "7K3MQ2WX9TBP", typed
    assert normal_code("oil") == "011"
    assert not is_code(normal_code("7K3M"))
    assert not is_code("7K3MQ2WX9TBU")
    assert len({code_of(f"{number:015x}") for number in range(0, 2**60, 2**50)}) == 1024
    assert (key_fits("x" * 15), key_fits("x" * 16), key_fits("x" * 65), key_fits("钥" * 20)) == (
        False,
        True,
        False,
        False,
    )


@pytest.mark.parametrize(
    ("name", "post", "said"),
    [("王丽", "台区经理", "王师傅（台区经理）"), ("欧阳修远", "", "欧阳师傅"), ("欧阳", "", "欧师傅"),
     ("买买提·吐尔逊", "", "买买提师傅"),
     ("", "所长", ""), ("李", "", "李师傅")],
)  # fmt: skip
def test_people_are_called_by_surname(name: str, post: str, said: str) -> None:
    assert short_name(name, post) == said


def test_addresses() -> None:
    assert client_net(" 10.0.0.1 ") == "10.0.0.1"
    assert client_net("2001:db8:1:2:aaaa::1") == client_net("2001:db8:1:2:bbbb::9") == "2001:db8:1:2::/64"
    assert client_net("::ffff:10.0.0.1") == "10.0.0.1"
    assert client_net("nonsense") == ""
    assert client_address("9.9.9.9", "1.1.1.1, 2.2.2.2", 0) == "9.9.9.9"
    assert client_address("9.9.9.9", "1.1.1.1, 2.2.2.2", 1) == "2.2.2.2"
    assert client_address("9.9.9.9", "1.1.1.1, 2.2.2.2", 2) == "1.1.1.1"
    assert client_address("9.9.9.9", "1.1.1.1", 2) == "9.9.9.9"


def test_searches_are_cleaned() -> None:
    assert asked_words("\0名仕\ud800　家\u202e天下 " + "长" * 99)[:8] == "名仕 家 天下 "
    assert len(asked_words("长" * 99)) == 40


def test_stages_have_words() -> None:
    assert stage_words("", "kept")[0].startswith("已收到")
    assert stage_words("calling", "case")[0] == "处理好了，请您确认"
    assert stage_words("", "joined")[0] == "已登记"
