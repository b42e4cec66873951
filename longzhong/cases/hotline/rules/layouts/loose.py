"""What free words still say: an order number, a phone, an account, a deadline; the words themselves are the content."""

import re
import unicodedata

from longzhong.cases.hotline.rules.layouts.words import Incoming

ORDER_NO = re.compile(
    r"(?:工单|单号|编号|受理号)(?:编?号|单号)?\s*[:：为是]?\s*(?P<no>[A-Za-z]{0,6}\d[\dA-Za-z\-]{5,30})"
)
PHONE = re.compile(r"(?<!\d)(1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|0\d{2,3}-?\d{7,8})(?!\d)")
ACCOUNT = re.compile(r"(?:户号|客户编号|用户编号)\s*[:：为是]?\s*(?P<code>\d{6,20})")
DUE = re.compile(
    r"(?:20\d\d\s?年\s?)?\d{1,2}\s?月\s?\d{1,2}\s?[日号]\s?(?:\d{1,2}\s?[时点:：]\s?\d{0,2}\s?分?)?\s?(?:之?前|截止)"
    r"|20\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:\s\d{1,2}:\d{2}(?::\d{2})?)?\s?(?:之?前|截止)"
    r"|[\d一二三四五六七八九十两]{1,3}\s?(?:个?工作日|个?小时|分钟|天|日)(?:之?内|以内)"
    r"|(?:今[天日晚]|明[天日早]|后天)\s?(?:上午|下午|晚上)?\s?(?:\d{1,2}\s?[时点:：]\s?\d{0,2})?\s?(?:之?前)"
)
PERSON = re.compile(
    r"(?:客户|用户|联系人|来电人)\s?[:：]?\s?(?P<name>[\u3400-\u9fff]{1,4}?(?:先生|女士|师傅)?)"
    r"(?=[\s，,（(：:]|1[3-9]\d|0\d{2})"
)
ADDRESS = re.compile(r"(?:地址|住址|位于|家住|住在)\s?[:：]?\s?(?P<place>[^\s，,。；;]{4,40})")


def loose(layout: str, text: str, *, raw: str, when: str = "", source: str = "") -> Incoming:
    """An order of free words; whatever isn't there is simply missing."""
    plain = unicodedata.normalize("NFKC", text)
    found = {
        "external_no": _group(ORDER_NO, plain, "no"),
        "phone": _group(PHONE, plain, 1),
        "account_code": _group(ACCOUNT, plain, "code"),
        "due_words": _group(DUE, plain, 0),
        "name": _group(PERSON, plain, "name"),
        "address": _group(ADDRESS, plain, "place"),
        "content": text,
        "accepted_words": when,
        "source_word": source,
    }
    return Incoming(layout, raw.strip(), {field: value for field, value in found.items() if value})


def _group(pattern: re.Pattern[str], text: str, group: int | str) -> str:
    match = pattern.search(text)
    return (match[group] or "").strip() if match else ""
