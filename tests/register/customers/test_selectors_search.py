"""One box: what is found by whom, how it is masked, and that nothing personal is searchable in plain."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from longzhong.kit.actor import Actor, Scope
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors, services
from longzhong.register.customers.rules.rows import AccountRow
from longzhong.register.customers.services import ContactForm
from tests.register.customers.make import MACHINE, NOW, Town, grid_manager, town
from tests.register.network.make import network

pytestmark = pytest.mark.django_db
SHARED = Path(__file__).resolve().parents[3].parent / "shared"
NAUGHTY = json.loads((SHARED / "data/bad_input/blns.json").read_text(encoding="utf-8"))


@pytest.fixture
def made() -> Town:
    return town()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("4200000000001", [1], id="account number"),
        pytest.param("42000000", [1, 2, 3, 4, 5], id="beginning of the account number"),
        pytest.param("13800138003", [3], id="mobile"),
        pytest.param("+86 138 0013 8003", [3], id="mobile as typed"),
        pytest.param("0710 3512345", [2], id="landline"),
        pytest.param("M1", [], id="too short for a number"),
        pytest.param("11010519491231002x", [1], id="identity number"),
        pytest.param("名仕家天下", [1, 2], id="estate"),
        pytest.param("名仕 家天下", [1, 2], id="two pieces of the estate"),
        pytest.param("名仕家天下12号楼", [1], id="estate and building"),
        pytest.param("檀溪名仕家天下", [1, 2], id="town without its ending"),
        pytest.param("名仕家天下12号楼3单元101", [1], id="room"),
        pytest.param("凤凰村", [3], id="village"),
        pytest.param("张惠芳", [1], id="name"),
        pytest.param("张名仕家天下", [1], id="surname and estate"),
        pytest.param("名仕家天下 张女士", [1], id="estate and surname with courtesy"),
        pytest.param("欧阳名仕家天下", [2], id="compound surname and estate"),
        pytest.param("zhf 名仕家天下", [1], id="initials and estate"),
        pytest.param("OYXY", [2], id="initials"),
        pytest.param("sxx", [5], id="initials by the surname's reading"),
        pytest.param("买买提·吐尔逊", [3], id="minority name"),
        pytest.param("买买提", [3], id="first part of a minority name"),
        pytest.param("襄阳轴承", [4], id="organisation by words of its name"),
        pytest.param("惠芳", [], id="given name alone isn't indexed"),
        pytest.param("没有的小区", [], id="nothing"),
        pytest.param("", [], id="empty"),
    ],
)
def test_what_a_text_finds(made: Town, text: str, found: list[int]) -> None:
    assert sorted(card.id for card in selectors.find(MACHINE, text)) == sorted(made.ids[one] for one in found)


def test_the_meter_leads_to_its_account(made: Town) -> None:
    services.keep_accounts(
        rows=[AccountRow(code="4200000000009", area_code="A1", meter_code="MT000123")], by=MACHINE, at=NOW
    )
    assert [card.code for card in selectors.find(MACHINE, "mt000123")] == ["4200000000009"]


def test_the_better_meaning_comes_first(made: Town) -> None:
    rows = [
        AccountRow(code="5000000000001", name="李四", area_code="A1", estate="张家湾"),
        AccountRow(code="5000000000002", name="张家湾", area_code="A1", estate="别处"),
    ]
    services.keep_accounts(rows=rows, by=MACHINE, at=NOW)
    assert [card.code for card in selectors.find(MACHINE, "张家湾")] == ["5000000000002", "5000000000001"]


def test_only_ones_own_grid_is_found_and_shown_in_full(made: Town) -> None:
    manager = grid_manager(made.net)
    assert selectors.find(manager, "13800138005") == []
    card = selectors.find(manager, "13800138001")[0]
    assert (card.code, card.name, card.phone, card.place) == (
        "4200000000001", "张**", "138****8001", "檀溪街道名仕家天下12号楼****",
    )  # fmt: skip
    desk = Actor(1, None, "坐席", (Scope("desk", frozenset(made.net.city.units.values())),))
    card = selectors.find(desk, "13800138001")[0]
    assert (card.code, card.place, card.own) == ("*********0001", "檀溪街道名仕家天下****", False)
    assert {one.code for one in selectors.find(desk, "襄阳轴承")} == {"*********0004"}
    for role in ("partner", "admin", "security", "auditor", "public"):
        outsider = Actor(1, None, role, (Scope(role, frozenset(made.net.city.units.values())),))
        assert not selectors.visible_to(outsider).exists()


@pytest.mark.parametrize("text", ["13800138001", "张名仕家天下", "檀溪名仕家天下", "11010519491231002X"])
def test_a_search_costs_few_queries(made: Town, text: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert selectors.find(MACHINE, text)
    assert len(queries) <= 7


def test_no_naughty_text_breaks_the_search(made: Town) -> None:
    for text in NAUGHTY:
        selectors.find(MACHINE, text)
    for text in ("a\0b", "\ud800"):
        with pytest.raises(Refused):
            selectors.find(MACHINE, text)


def test_naughty_texts_pass_through_every_field_or_are_refused_aloud() -> None:
    network()
    fields = (
        "name",
        "town",
        "village",
        "estate",
        "building",
        "room",
        "contact",
        "phone",
        "id_number",
        "tag",
        "meter_code",
    )
    rows = [
        AccountRow(**{"code": f"N{number:05}{place:02}", "area_code": "A1", field: text})
        for number, text in enumerate(NAUGHTY)
        for place, field in enumerate(fields)
    ]
    kept = services.keep_accounts(rows=rows, by=MACHINE, at=NOW)
    assert kept.read == len(rows)
    assert kept.new > len(rows) * 0.6
    assert {note.code for note in kept.refused} <= {"text_too_long", "text_has_nul"}
    again = services.keep_accounts(rows=rows, by=MACHINE, at=NOW)
    assert (again.new, again.changed) == (0, 0)
    accounts = selectors.account_ids([row.code for row in rows])
    for row in rows[: len(NAUGHTY) : 7]:
        if row.code in accounts:
            services.set_contact(
                account_id=accounts[row.code],
                contact=ContactForm(phone="13900139000", name=row.name[:60]),
                by=MACHINE,
                at=NOW,
            )
            value = services.reveal(
                account_id=accounts[row.code], field="name", reason="核对联系电话", by=MACHINE, at=NOW
            )
            assert value == row.name.strip()
