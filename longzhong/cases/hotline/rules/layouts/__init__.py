"""Orders of other systems as people paste them or files hold them: six layouts, tried from the strictest to the loosest.

One file a layout; each gives [] for a text that isn't its own. Whatever none of them knows is one order of free words: nothing
that was pasted is ever lost (S1-25, S3-17).
"""

from longzhong.cases.hotline.rules.layouts import form, forwarded, keyvalue, oneliner, table, tagged
from longzhong.cases.hotline.rules.layouts.due import deadline, moment
from longzhong.cases.hotline.rules.layouts.words import FIELD_LABELS, Incoming

READERS = (form, table, tagged, keyvalue, oneliner, forwarded)
MOST_CHARACTERS = 500_000


def read_orders(text: str) -> list[Incoming]:
    """The orders of a paste or a file, in their order; [] for nothing but blanks."""
    plain = text.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n")
    if not plain.strip():
        return []
    return next(found for reader in READERS if (found := reader.read(plain)))


def decoded(raw: bytes) -> str:
    """A file's text: UTF-8 (with or without mark), UTF-16 with a mark, else GBK with its extensions; never an error."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


__all__ = ["FIELD_LABELS", "MOST_CHARACTERS", "Incoming", "deadline", "decoded", "moment", "read_orders"]
