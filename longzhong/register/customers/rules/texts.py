"""What a text must be before it may be kept: readable by the database, and no longer than its column."""

from longzhong.kit.errors import Refused


def clean_text(text: str, most: int = 200) -> str:
    """The text without blanks around it. NUL bytes, halves of characters and too long texts are refused, never cut."""
    if "\0" in text:
        raise Refused("text_has_nul", "文字里有不可见的空字符（NUL），请删掉后再试。")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Refused("text_not_unicode", "文字里有损坏的字符，请重新输入。") from error
    plain = text.strip()
    if len(plain) > most:
        raise Refused("text_too_long", f"文字太长：最多 {most} 个字，现在 {len(plain)} 个。", most=most)
    return plain
