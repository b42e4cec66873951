"""What a caller says without who they are (去标识, REFERENCE §8, PIPL 6 and 51).

〔姓名〕〔电话〕〔证件号〕〔银行卡〕〔房号〕〔车牌〕〔邮箱〕〔户号〕 stand where it was said.

Numbers are found however they are written: full width, spaced, dashed, in Chinese numerals (一三八…). The text is searched in a
shadow of the same length, so that everything else stays as it was said. Rather one number too many hidden than one shown.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

NUMERALS = str.maketrans("零〇○０一壹幺二贰三叁四肆五伍六陆七柒八捌九玖", "00001112233445566778899")
MOST_NAME = 40
TITLE_WORDS = ("先生", "女士", "师傅", "老师", "小姐", "阿姨", "大爷", "大妈", "奶奶", "爷爷", "老板")
TITLES = f"(?:{'|'.join(TITLE_WORDS)})"
GAP = r"[\s\-‐‑–—―－_.·・,，、/]{0,3}"
PLATES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"


def _spaced(count: str) -> str:
    return rf"(?:{GAP}\d){count}"


MOBILE = re.compile(rf"(?<!\d)(?:\+?{GAP}8{GAP}6{GAP}|00{GAP}8{GAP}6{GAP})?1{GAP}[3-9]{_spaced('{9}')}(?!\d)")
LANDLINE = re.compile(rf"(?<!\d)[(（]?0{GAP}[1-9]{_spaced('{1,2}')}[)）]?{_spaced('{7,8}')}(?!\d)")
SERVICE = re.compile(rf"(?<!\d)[48]00{GAP}\d{{3,4}}{GAP}\d{{3,4}}(?!\d)")
SAID_PHONE = re.compile(
    r"(?:电话|手机|座机|号码|联系方式|微信|拨打|[Tt][Ee][Ll])\D{0,6}?(?!20\d\d[\-/.])"
    + rf"(\d{_spaced('{6,14}')})(?!\d)"
)
ID_CARD = re.compile(rf"(?<!\d)[1-9]{_spaced('{16}')}{GAP}[\dXx](?![0-9A-Za-z])")
OLD_ID = re.compile(r"(?<!\d)[1-9]\d{5}\d{2}(?:0\d|1[0-2])(?:[0-2]\d|3[01])\d{3}(?!\d)")
CARD = re.compile(rf"(?<!\d)[3-9]{_spaced('{15,18}')}(?!\d)")
ACCOUNT = re.compile(r"(?:户号|用户编号|客户编号|户名编号)\D{0,6}?(\d{6,20})")
EMAIL = re.compile(r"[A-Za-z0-9_.+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,4}")
PLATE = re.compile(rf"[{PLATES}]\s?[A-HJ-NP-Za-hj-np-z]\s?[·•.\-\s]?\s?[A-Za-z0-9]{{4,5}}[A-Za-z0-9挂学警港澳]")
ROOM_END = r"(?:号房间|号房|房间|室|房|号|户)"
ROOMS = (
    re.compile(rf"\d{{1,3}}\s?单元\s?(?:\d{{1,2}}\s?[楼层]\s?)?[A-Za-z]?\d{{1,5}}\s?[A-Za-z]?{ROOM_END}?"),
    re.compile(rf"(?<=[栋幢座])\s?[A-Za-z]?\d{{2,5}}\s?[A-Za-z]?{ROOM_END}?(?![\d年月日度千伏kKvV])"),
    re.compile(
        rf"(?<=号楼)\s?(?:\d{{1,2}}[\-－—]\s?)?[A-Za-z]?\d{{2,5}}\s?[A-Za-z]?{ROOM_END}?(?![\d年月日度千伏kKvV])"
    ),
    re.compile(r"(?<![\d.\-－])\d{1,3}\s?[\-－—]\s?\d{1,2}\s?[\-－—]\s?\d{3,4}(?![\d\-－年月日:：])"),
    re.compile(r"(?<![\d.])[A-Za-z]?\d{2,5}\s?(?:号房间|号房|室(?!内))"),
    re.compile(r"(?<=[组弄巷])\s?\d{1,4}(?:[\-－]\d{1,4})?\s?号(?![楼线台杆变])"),
)
SAYS_NAME = re.compile(
    r"(?:我叫|名叫|名字叫|(?:客户|用户|联系人|来电人|投诉人|举报人|报修人)?姓名(?:是|为|[:：])|(?:联系人|户名|客户名称|来电人)(?:是|为|[:：]))"
    r"\s{0,3}(?![了过你他她它们着去来人不没])(?P<name>[\u3400-\u9fff]{2,4}?(?:[·•・][\u3400-\u9fff]{1,8})?)"
    r"(?=" + TITLES + r"|[\s,，。.；;、:：!！?？()（）〔]|电话|手机|联系|住在|家住|户号|$)"
)
BIRTH = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")


@dataclass(frozen=True)
class Found:
    """A stretch of the text that says who somebody is."""

    start: int
    end: int
    word: str


def redact(text: str, *, names: Iterable[str] = (), codes: Iterable[str] = ()) -> str:
    """The text with everything personal replaced by what it was; `names` and `codes` are the party's own (户名, 户号)."""
    plain = storable(text)
    out, at = [], 0
    for one in _without_overlaps(_found(plain, names, codes)):
        out += [plain[at : one.start], f"〔{one.word}〕"]
        at = one.end
    return "".join([*out, plain[at:]])


def addressed(name: str) -> list[str]:
    """How somebody may be called without their whole name: 欧阳先生, 李女士. A surname has one character or two."""
    sizes = [size for size in (1, 2) if size < len(name)]
    return [f"{name[:size]}{title}" for size in sizes for title in TITLE_WORDS]


def storable(text: str) -> str:
    """The text as a database can hold it: NUL and halves of characters become �."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode() if text else ""


def _found(plain: str, names: Iterable[str], codes: Iterable[str]) -> Iterator[Found]:
    half = _half(plain)
    spoken = half.translate(NUMERALS)
    yield from _all(EMAIL, half, "邮箱")
    for match in ID_CARD.finditer(spoken):
        if BIRTH.fullmatch(re.sub(r"\D", "", match.group())[6:14]):
            yield Found(match.start(), match.end(), "证件号")
    yield from _all(OLD_ID, half, "证件号")
    for match in CARD.finditer(half):
        if _is_card(match.group(), half[max(0, match.start() - 8) : match.start()]):
            yield Found(match.start(), match.end(), "银行卡")
    for pattern in (MOBILE, LANDLINE):
        yield from _all(pattern, spoken, "电话")
    yield from _all(SERVICE, half, "电话")
    for match in ACCOUNT.finditer(half):
        yield Found(match.start(1), match.end(1), "户号")
    for match in SAID_PHONE.finditer(spoken):
        yield Found(match.start(1), match.end(1), "电话")
    yield from _all(PLATE, half, "车牌")
    for pattern in ROOMS:
        yield from _all(pattern, spoken, "房号")
    yield from _names(half, names)
    for code in {code for code in codes if len(code) >= 5}:
        yield from _all(re.compile(re.escape(code)), half, "户号")


def _names(half: str, names: Iterable[str]) -> Iterator[Found]:
    for name in {" ".join(name.split())[:MOST_NAME] for name in names}:
        letters = [char for char in _half(name) if not char.isspace() and char not in "·•・"]
        if len(letters) >= 2:
            yield from _all(re.compile(r"[\s·•・]{0,2}".join(map(re.escape, letters)), re.IGNORECASE), half, "姓名")
    for match in SAYS_NAME.finditer(half):
        yield Found(match.start("name"), match.end("name"), "姓名")


def _all(pattern: re.Pattern[str], text: str, word: str) -> Iterator[Found]:
    return (Found(match.start(), match.end(), word) for match in pattern.finditer(text))


def _without_overlaps(found: Iterable[Found]) -> list[Found]:
    """What was found first stands; a later find that overlaps it only hides what is left of itself."""
    kept: list[Found] = []
    for one in found:
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _half(text: str) -> str:
    """Full width to half width, character by character, so that places stay."""
    return "".join(_narrow(char) for char in text)


def _narrow(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char) if ord(char) > 126 and char not in "，、。；：！？（）" else char
    return plain if len(plain) == 1 else char


def _is_card(digits: str, before: str) -> bool:
    """A bank card by its check digit (Luhn), or because the word before it says so."""
    plain = [int(char) for char in digits if char.isdigit()]
    doubled = [number * 2 - 9 if number > 4 else number * 2 for number in plain[-2::-2]]
    return "卡" in before or (sum(plain[-1::-2]) + sum(doubled)) % 10 == 0
