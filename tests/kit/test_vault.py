"""Sealing, the keyed index, key rotation and the race for the first key file."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longzhong.kit import vault
from longzhong.kit.errors import Refused

KEYS: dict[str, Any] = {"seal": {"1": vault.new_key()}, "index": vault.new_key()}


@pytest.fixture
def ring(settings: Any) -> dict[str, Any]:
    settings.LONGZHONG_KEYS = KEYS
    return KEYS


def test_a_sealed_text_hides_and_comes_back(ring: dict[str, Any]) -> None:
    token = vault.seal("段正淳")
    assert token.startswith("k1:")
    assert "段正淳" not in token
    assert vault.unseal(token) == "段正淳"


def test_two_seals_of_one_text_differ_and_the_empty_text_stays_empty(ring: dict[str, Any]) -> None:
    assert vault.seal("13800138000") != vault.seal("13800138000")
    assert vault.seal("") == ""
    assert vault.unseal("") == ""
    assert vault.index("  ", "phone") == ""


def test_after_rotation_old_tokens_are_read_and_new_ones_use_the_new_key(settings: Any, ring: dict[str, Any]) -> None:
    old = vault.seal("郝东生")
    settings.LONGZHONG_KEYS = vault.with_new_key(ring)
    assert vault.unseal(old) == "郝东生"
    assert not vault.is_current(old)
    renewed, kept = vault.reseal([old, vault.seal("张惠芳")])
    assert renewed.startswith("k2:")
    assert vault.unseal(renewed) == "郝东生"
    assert vault.reseal([kept]) == [kept]


def test_rotation_leaves_the_index_as_it_was(settings: Any, ring: dict[str, Any]) -> None:
    before = vault.index("13800138000", "phone")
    settings.LONGZHONG_KEYS = vault.with_new_key(ring)
    assert vault.index("13800138000", "phone") == before


@pytest.mark.parametrize(
    ("token", "code"),
    [
        ("k9:AAAA", "vault_key_unknown"),
        ("plain text", "vault_token_broken"),
        ("k1:not base64!", "vault_token_broken"),
        ("k1:AAAA", "vault_token_broken"),
        ("k1:" + "A" * 64, "vault_token_broken"),
    ],
)
def test_a_bad_token_is_refused_with_a_code(ring: dict[str, Any], token: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        vault.unseal(token)
    assert refusal.value.code == code


def test_a_token_moved_under_another_key_id_does_not_open(settings: Any, ring: dict[str, Any]) -> None:
    key = ring["seal"]["1"]
    token = vault.seal("x")
    settings.LONGZHONG_KEYS = {**ring, "seal": {"1": key, "2": key}}
    with pytest.raises(Refused):
        vault.unseal("k2:" + token.partition(":")[2])


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        (None, "vault_no_keys"),
        ({"seal": {}, "index": "x"}, "vault_no_keys"),
        ({"seal": {"1": "AAAA"}, "index": "AAAA"}, "vault_key_length"),
    ],
)
def test_without_proper_keys_nothing_is_sealed(settings: Any, keys: Any, code: str) -> None:
    settings.LONGZHONG_KEYS = keys
    with pytest.raises(Refused) as refusal:
        vault.seal("x")
    assert refusal.value.code == code


def test_the_index_is_exact_keyed_and_separate_by_kind(settings: Any, ring: dict[str, Any]) -> None:
    index = vault.index("13800138000", "phone")
    assert len(index) == 64
    assert vault.index(" 138 0013 8000 ", "phone") == index
    assert vault.index("13800138000", "phone") == index
    assert vault.index("13800138000", "id") != index
    assert vault.index("13800138001", "phone") != index
    settings.LONGZHONG_KEYS = {**ring, "index": vault.new_key()}
    assert vault.index("13800138000", "phone") != index


def test_the_number_is_the_head_of_the_index(ring: dict[str, Any]) -> None:
    head = int(vault.index("张", "name")[:16], 16)
    assert vault.index_number("张", "name") % 2**64 == head


@given(st.text(max_size=200))
def test_any_text_survives(text: str) -> None:
    from_settings = pytest.MonkeyPatch()
    from_settings.setattr(vault, "_ring", lambda: KEYS)
    try:
        assert vault.unseal(vault.seal(text)) == text
    finally:
        from_settings.undo()


def test_the_first_key_file_is_private_and_one_of_many_starters_wins(tmp_path: Path) -> None:
    path = tmp_path / "var" / "keys.json"
    with ThreadPoolExecutor(8) as pool:
        rings = list(pool.map(lambda _: vault.load_or_make_keys(path), range(16)))
    assert all(ring == rings[0] for ring in rings)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["keys.json"]


def test_a_rotated_ring_replaces_the_file_privately(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    vault.save_keys(path, vault.with_new_key(vault.load_or_make_keys(path)))
    assert list(json.loads(path.read_text())["seal"]) == ["1", "2"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
