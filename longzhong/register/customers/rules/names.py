"""How a name is found without being readable: by surname, by pinyin initials (拼音首字母), or by the whole name.

The parts below are what gets hashed under the key; the database never holds them. Characters with several readings
(单 dān / shàn) give several initials, the reading as a surname first.
"""

import re
import unicodedata
from itertools import product

from pypinyin.constants import PINYIN_DICT

from longzhong.register.customers.rules.masking import is_organisation

COMPOUND_SURNAMES = frozenset(
    {
        "欧阳", "司马", "上官", "诸葛", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "长孙", "宇文",
        "司徒", "司空", "轩辕", "端木", "百里", "呼延", "南宫", "独孤", "西门", "东郭", "澹台", "公冶", "宗政",
        "濮阳", "淳于", "单于", "太叔", "申屠", "仲孙", "钟离", "鲜于", "闾丘", "赫连", "公羊", "拓跋", "夹谷",
        "万俟", "闻人", "第五", "梁丘", "左丘", "微生", "羊舌", "南门", "东门", "纳兰", "完颜", "耶律", "哥舒",
        "叱干", "宰父", "谷梁", "段干", "巫马", "漆雕", "乐正", "壤驷", "公良", "子车", "颛孙",
    }
)  # fmt: skip
SURNAME_READINGS = {
    "单": "s", "仇": "q", "曾": "z", "解": "x", "查": "z", "盖": "g", "朴": "p", "区": "o", "任": "r", "缪": "m",
    "覃": "qt", "乐": "yl", "翟": "z", "员": "y", "种": "c", "秘": "b", "繁": "p", "祭": "z", "折": "s", "召": "s",
    "宓": "f", "那": "n", "尉": "yw", "长": "zc", "万": "wm", "俟": "q", "澹": "t", "冼": "x", "洗": "x", "逄": "p",
    "华": "h", "柏": "b", "卜": "b",
}  # fmt: skip
TITLES = re.compile(r"(先生|女士|师傅|老师|小姐|阿姨|大爷|大妈|奶奶|爷爷|老板|经理|同志)$")
MOST_READINGS = 8
SEPARATORS = re.compile(r"[·•・‧.\s\-]+")
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


def normal_name(name: str) -> str:
    """One spelling of a name: half width, no blanks or dots, lower case. 买买提·吐尔逊 and 买买提 吐尔逊 are equal."""
    return SEPARATORS.sub("", unicodedata.normalize("NFKC", name)).casefold()


def surnames(name: str) -> tuple[str, ...]:
    """What people may use as the surname: 张; 欧阳 and 欧; the parts of a foreign or minority name."""
    parts = [part for part in SEPARATORS.split(unicodedata.normalize("NFKC", name).casefold()) if part]
    if not parts:
        return ()
    if len(parts) > 1 or not HAN.match(parts[0]):
        return tuple(dict.fromkeys(parts))
    whole = parts[0]
    if len(whole) > 2 and whole[:2] in COMPOUND_SURNAMES:
        return (whole[:2], whole[0])
    return (whole[0],)


def initials(name: str) -> tuple[str, ...]:
    """Pinyin initials, most likely reading first: 张惠芳 → zhf; 单雄信 → sxx, dxx. Latin parts: their first letters."""
    letters = []
    for part in SEPARATORS.split(unicodedata.normalize("NFKC", name).casefold()):
        if part and not HAN.search(part):
            letters.append(part[:1])
        else:
            letters.extend(_letters(char) for char in part)
    letters = [choice for choice in letters if choice]
    if letters and (as_surname := SURNAME_READINGS.get(name.strip()[:1])):
        letters[0] = "".join(dict.fromkeys(as_surname + letters[0]))
    choices = list(dict.fromkeys("".join(choice) for choice in product(*letters)))[:MOST_READINGS]
    return tuple(choice for choice in choices if choice)


def without_title(name: str) -> str:
    """张先生 → 张: what a caller says is a surname and a courtesy."""
    return TITLES.sub("", name) or name


def name_parts(name: str) -> tuple[tuple[str, str], ...]:
    """(kind, text) pairs to be hashed: the whole name; surname and initials, or the bigrams of an organisation."""
    whole = normal_name(name)
    if not whole:
        return ()
    parts = [("name", whole)]
    if is_organisation(name):
        parts += [("word", whole[at : at + 2]) for at in range(len(whole) - 1)]
    else:
        parts += [("surname", surname) for surname in surnames(name)]
        parts += [("initials", choice) for choice in initials(name)]
    return tuple(dict.fromkeys(parts))


def _letters(char: str) -> str:
    """The possible first letters of a character; the reading that stands first in the dictionary leads."""
    if char.isascii():
        return char if char.isalnum() else ""
    readings = PINYIN_DICT.get(ord(char), "")
    plain = unicodedata.normalize("NFD", readings).split(",")
    return "".join(dict.fromkeys(reading[0] for reading in plain if reading and reading[0].isascii()))
