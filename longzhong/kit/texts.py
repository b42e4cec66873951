"""What a text must be before it may be kept: readable by the database, no longer than its column, given where it decides."""

from django.utils.translation import gettext as _

from longzhong.kit.errors import Refused


def clean_text(text: str, most: int = 200) -> str:
    """The text without blanks around it. NUL bytes, halves of characters and too long texts are refused, never cut."""
    if "\0" in text:
        raise Refused("text_has_nul", _("文字里有不可见的空字符（NUL），请删掉后再试。"))
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Refused("text_not_unicode", _("文字里有损坏的字符，请重新输入。")) from error
    plain = text.strip()
    if len(plain) > most:
        said = _("文字太长：最多 %(most)s 个字，现在 %(now)s 个。") % {"most": most, "now": len(plain)}
        raise Refused("text_too_long", said, most=most)
    return plain


def written(text: str, what: str, *, code: str = "reason_missing", least: int = 2, most: int = 1000) -> str:
    """Words that a step can't do without; fewer than `least` characters are refused as `code` with `what` is to be written."""
    words = clean_text(text, most)
    if len(words) < least:
        size = _("（至少 %(n)s 个字）") % {"n": least} if least > 2 else ""
        raise Refused(code, _("请写明%(what)s%(size)s；什么都没有改动。") % {"what": what, "size": size})
    return words
