"""The vault: personal text is sealed at rest and found again only by a keyed exact index (PIPL 51, 等保 2.0 L3).

`seal` encrypts with AES-256-GCM under the newest key of the ring and writes the key's id before the token, so that
old tokens stay readable after a key change. `index` is an HMAC-SHA256 under a separate key: equal texts of one kind
give equal indexes, and without the key nobody can try out names or phone numbers. The ring is
`settings.LONGZHONG_KEYS`: `{"seal": {"1": base64, "2": base64}, "index": base64}`, 32 bytes each; the last seal key
is the current one.
"""

import base64
import binascii
import hmac
import json
import os
import secrets
import tempfile
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext as _

from longzhong.kit.errors import Refused

KEY_BYTES = 32
NONCE_BYTES = 12


def seal(text: str) -> str:
    """Encrypts a text into `k<key id>:<base64>`. Two seals of one text differ; the empty text stays empty."""
    if not text:
        return ""
    key_id, key = _current()
    nonce = os.urandom(NONCE_BYTES)
    sealed = _cipher(key).encrypt(nonce, text.encode("utf-8", "surrogatepass"), key_id.encode())
    return f"k{key_id}:{base64.b64encode(nonce + sealed).decode('ascii')}"


def unseal(token: str) -> str:
    """The text behind a token of any key in the ring."""
    if not token:
        return ""
    key_id, body = _parts(token)
    key = _ring()["seal"].get(key_id)
    if key is None:
        raise Refused("vault_key_unknown", _("这条数据用编号 %(id)s 的密钥加密,密钥不在钥匙串里。") % {"id": key_id})
    try:
        raw = base64.b64decode(body, validate=True)
        plain = _cipher(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], key_id.encode())
    except (InvalidTag, binascii.Error, ValueError) as error:
        raise Refused("vault_token_broken", _("加密数据已损坏,无法解开。")) from error
    return plain.decode("utf-8", "surrogatepass")


def index(text: str, kind: str) -> str:
    """Keyed exact index of a text within a kind ("phone", "name"…), 64 hex characters; empty for the empty text."""
    plain = normal(text)
    return index_digest(plain, kind).hex() if plain else ""


def index_number(text: str, kind: str) -> int:
    """The same index cut to a signed 64-bit number, for `bigint[]` columns of search tokens."""
    return int.from_bytes(index_digest(normal(text), kind)[:8], "big", signed=True)


def index_digest(plain: str, kind: str) -> bytes:
    """32 bytes over kind and text exactly as given (callers that compare whole rows don't want it normalised)."""
    message = f"{kind}\0{plain}".encode("utf-8", "surrogatepass")
    return hmac.digest(_key_bytes(_ring()["index"]), message, "sha256")


def normal(text: str) -> str:
    """Full width to half width, no white space, no case: what two people type for the same thing becomes equal."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def current_prefix() -> str:
    """How tokens of the newest key begin, for finding the others in a table."""
    return f"k{_current()[0]}:"


def is_current(token: str) -> bool:
    """Whether a token was sealed with the newest key (the empty token always is)."""
    return not token or _parts(token)[0] == _current()[0]


def reseal(tokens: Iterable[str]) -> list[str]:
    """Rotation helper: the same texts under the newest key; tokens already there come back untouched."""
    return [token if is_current(token) else seal(unseal(token)) for token in tokens]


def new_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")


def with_new_key(keys: Mapping[str, Any]) -> dict[str, Any]:
    """A ring with one more seal key, which becomes the current one. The index key stays: changing it needs a
    re-index.
    """
    ids = [int(key_id) for key_id in keys["seal"] if key_id.isdecimal()]
    return {**keys, "seal": {**keys["seal"], str(max(ids, default=0) + 1): new_key()}}


def load_or_make_keys(path: Path) -> dict[str, Any]:
    """Reads the ring from a file, or makes one, mode 0600. Of several processes that start at once one wins; all read
    its keys.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _place_once(path, json.dumps({"seal": {"1": new_key()}, "index": new_key()}, indent=1))
    keys: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return keys


def save_keys(path: Path, keys: Mapping[str, Any]) -> None:
    """Replaces the file as a whole (after `with_new_key`); running processes read it at their next start."""
    draft = _draft(path, json.dumps(keys, indent=1))
    draft.replace(path)


def _place_once(path: Path, text: str) -> None:
    draft = _draft(path, text)
    try:
        os.link(draft, path)  # fails where another process was first: its complete file stands
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _draft(path: Path, text: str) -> Path:
    """A synced file beside the target, made 0600 by mkstemp."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)


def _ring() -> Mapping[str, Any]:
    keys: Mapping[str, Any] | None = getattr(settings, "LONGZHONG_KEYS", None)
    if not keys or not keys.get("seal") or not keys.get("index"):
        raise Refused("vault_no_keys", _("没有配置加密密钥(LONGZHONG_KEYS)。"))
    return keys


def _current() -> tuple[str, str]:
    key_id: str = next(reversed(_ring()["seal"]))
    return key_id, _ring()["seal"][key_id]


def _parts(token: str) -> tuple[str, str]:
    head, colon, body = token.partition(":")
    if not colon or not head.startswith("k"):
        raise Refused("vault_token_broken", _("加密数据已损坏,无法解开。"))
    return head[1:], body


@lru_cache(maxsize=16)
def _cipher(key: str) -> AESGCM:
    return AESGCM(_key_bytes(key))


@lru_cache(maxsize=16)
def _key_bytes(key: str) -> bytes:
    raw = base64.b64decode(key)
    if len(raw) != KEY_BYTES:
        raise Refused("vault_key_length", _("加密密钥必须是 32 字节。"))
    return raw
