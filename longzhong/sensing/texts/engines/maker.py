"""Made texts and pairs: seeded, invented here, for the demo county, a first model and benches; never called accuracy.

`maker.toml` holds the sentences of each category; what people and lines do to them is here: filled slots, a frame of the type,
【tags】, colloquial words, wrong characters, a noisy line, words that say nothing.
"""

import random
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "maker.toml"
SLOT = re.compile(r"\{([a-z]+)\}")
FIRST = ("您好，", "喂，", "你好我想说下，", "麻烦问下，", "是供电公司吧，", "")
LAST = ("谢谢", "请核实处理", "请尽快回复", "已告知客户等待", "客户要求回复", "联系电话〔电话〕", "户号〔户号〕", "")
NOISE = ("那个", "就是", "嗯", "然后", "啊", "这个", "听不清", "……")
SLIPS = {
    "电压": ("店压", "电压"), "跳闸": ("跳匝", "掉闸"), "变压器": ("变压气", "边压器"), "停电": ("停点", "没电"),
    "电表": ("电标", "电表"), "线路": ("线路", "线咯"), "抢修": ("抢休", "强修"), "营业厅": ("营业庭", "电力大厅"),
    "师傅": ("师付", "师傅"), "供电所": ("供电锁", "电管站"), "电费": ("电废", "电钱"), "什么": ("啥", "么事"),
    "怎么": ("咋", "么样"), "没有": ("冇得", "没得"), "我们": ("俺们", "我们这塌"),
}  # fmt: skip
TAGS = ("【{kind}】", "【{name}】", "【95598】", "【转办】")
KINDS = {"repair": "故障报修", "enquiry": "咨询", "complaint": "投诉", "opinion": "意见", "report": "举报", "suggestion": "建议",
         "praise": "表扬", "application": "服务申请", "query": "查询", "other": "综合"}  # fmt: skip


def make_texts(seed: int, n: int) -> list[tuple[str, str]]:
    """(text, category code), the same for the same seed; kinds as rare and as frequent as on a hotline, roughly."""
    dice, book = random.Random(seed), _book()  # noqa: S311  made up, not secret
    codes = sorted(book["core"])
    weights = [_share(code) for code in codes]
    return [(_text(dice, code, book), code) for code in dice.choices(codes, weights, k=n)]


def make_pairs(seed: int, n: int) -> list[tuple[str, str, bool]]:
    """(a, b, whether they are about the same matter): half the same one told twice; of the others some are close."""
    dice, book = random.Random(seed), _book()  # noqa: S311  made up, not secret
    codes = sorted(book["core"])
    pairs: list[tuple[str, str, bool]] = []
    for _turn in range(n):
        code = dice.choice(codes)
        place = _fill(dice, "{p}", book)
        core = dice.choice(book["core"][code])
        one = _text(dice, code, book, place, core)
        if dice.random() < 0.5:
            pairs.append((one, _text(dice, code, book, place, core if dice.random() < 0.7 else ""), True))
            continue
        other = dice.choice(
            [near for near in codes if near != code and (dice.random() < 0.5 or _kin(near, code))] or codes
        )
        same_place = dice.random() < 0.3
        pairs.append((one, _text(dice, other, book, place if same_place and other != code else ""), False))
    return pairs


@cache
def _book() -> dict[str, Any]:
    book = tomllib.loads(FILE.read_text(encoding="utf-8"))
    core: dict[str, list[str]] = book["core"]
    mirrored = {f"opinion{c.removeprefix('complaint')}": said for c, said in core.items() if c.startswith("complaint.")}
    book["core"] |= mirrored
    return book


def _share(code: str) -> float:
    often = {"repair": 6.0, "enquiry": 5.0, "complaint": 1.5, "opinion": 1.2, "application": 4.0, "query": 4.0}
    much = {"complaint.quality.frequent": 8.0, "complaint.quality.voltage": 4.0}
    much |= {"repair.lv.area_out": 3.0, "repair.lv.single_out": 3.0}
    return often.get(code.split(".", maxsplit=1)[0], 1.0) * much.get(code, 1.0)


def _kin(one: str, other: str) -> bool:
    return one.rpartition(".")[0] == other.rpartition(".")[0]


def _text(dice: random.Random, code: str, book: dict[str, Any], place: str = "", core: str = "") -> str:
    kind = code.split(".", maxsplit=1)[0]
    said = core or dice.choice(book["core"][code])
    frame = dice.choice(book["frames"][kind]).replace("{c}", said)
    text = _fill(dice, frame.replace("{p}", place) if place else frame, book)
    text = dice.choice(FIRST) * (dice.random() < 0.4) + text + dice.choice(LAST) * (dice.random() < 0.4)
    if dice.random() < 0.3:
        text = _slipped(dice, text)
    if dice.random() < 0.25:
        text = _noisy(dice, text)
    if dice.random() < 0.15:
        tag = dice.choice(TAGS).format(kind=KINDS[kind] if dice.random() < 0.8 else "其他", name="来电")
        text = tag + text
    return text[:200]


def _fill(dice: random.Random, text: str, book: dict[str, Any]) -> str:
    numbers = {"h": (1, 23), "mo": (1, 12), "dd": (1, 28), "x": (1, 9)}

    def one(hit: re.Match[str]) -> str:
        name = hit.group(1)
        return str(dice.randint(*numbers[name])) if name in numbers else dice.choice(book["slots"][name])

    while SLOT.search(text):
        text = SLOT.sub(one, text)
    return text


def _slipped(dice: random.Random, text: str) -> str:
    """A wrong character or a local word here and there."""
    for word, slips in SLIPS.items():
        if word in text and dice.random() < 0.5:
            text = text.replace(word, dice.choice(slips), 1)
    return text


def _noisy(dice: random.Random, text: str) -> str:
    """A telephone line: fillers, a swallowed character, a repeated one."""
    at = dice.randrange(1, len(text))
    what = dice.random()
    if what < 0.5:
        return text[:at] + dice.choice(NOISE) + text[at:]
    return text[:at] + text[at + 1 :] if what < 0.75 else text[:at] + text[at - 1] + text[at:]
