"""A block of 【工单编号】… 【受理内容】… (方括号块): how the 95598 client and its messages write an order."""

import re

from longzhong.cases.hotline.rules.layouts.words import Incoming, field_of, incoming

NAME = "方括号块"
TAG = re.compile(r"[【\[](?P<label>[^】\]\n]{1,16})[】\]]\s*[:：]?")


def read(text: str) -> list[Incoming]:
    """The orders of such a block; [] if fewer than two tags are known. The same order number tag again begins the next one."""
    tags = [match for match in TAG.finditer(text) if field_of(match["label"])]
    if len(tags) < 2:
        return []
    starts = [0] + [tag.start() for tag in tags[1:] if field_of(tag["label"]) == "external_no"]
    spans = zip(starts, [*starts[1:], len(text)], strict=True)
    return [_order(text[begin:end]) for begin, end in spans]


def _order(raw: str) -> Incoming:
    tags = [match for match in TAG.finditer(raw) if field_of(match["label"])]
    ends = [tag.start() for tag in tags[1:]] + [len(raw)]
    return incoming(NAME, raw, [(tag["label"], raw[tag.end() : end]) for tag, end in zip(tags, ends, strict=True)])
