"""Where the table is: title rows, headers of several rows, merged cells, doubled and blank headers, totals."""

import pytest

from longzhong.surfaces.exchange.rules.columns import fingerprint, lacking, match, parse, plain, unique_names
from longzhong.surfaces.exchange.rules.curve_words import quantity_of, slot_columns
from longzhong.surfaces.exchange.rules.layout import Layout, MergedBody, check_row, find_layout, is_blank
from longzhong.surfaces.exchange.rules.reasons import Bad, BadFile
from longzhong.surfaces.exchange.rules.recipes import RECIPES
from longzhong.surfaces.exchange.rules.recipes_curves import form_of
from longzhong.surfaces.exchange.rules.runs import Tally, Tangled
from tests.surfaces.exchange import make

AREAS, ACCOUNTS, UNITS = RECIPES["areas"], RECIPES["accounts"], RECIPES["units"]


def layout_of(rows: list[list[object]], recipe: object = AREAS, merges: object = ()) -> Layout:
    found = find_layout(rows, recipe.names.__contains__, merges)  # type: ignore[arg-type, attr-defined]
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("header", "same"),
    [
        ("*户号(必填)", "户号"),
        ("户 号", "户号"),
        ("Ｃons_No", "CONSNO"),
        ("容量（kVA）", "容量"),
        ("表\n号", "表号"),
        ("（V）", "V"),
    ],
)
def test_headers_that_say_the_same_are_one(header: str, same: str) -> None:
    assert plain(header) == plain(same)


def test_title_rows_above_the_header_are_passed_over_and_kept_as_titles() -> None:
    found = layout_of(
        [["某供电公司台区台账", None, None], [None], ["台区编号", "台区名称", "容量"], ["T1", "一号", 315]]
    )
    assert (found.first, found.depth, found.titles) == (2, 1, ("某供电公司台区台账",))


def test_a_header_of_two_rows_is_read_with_its_merged_groups() -> None:
    rows = [["台区信息", None, "线路", None], ["编号", "台区名称", "编号", "名称"], ["T1", "一号", "F1", "隆线"]]
    found = layout_of(rows, AREAS, [(0, 0, 0, 1), (0, 2, 0, 3)])
    assert match(found.headers, AREAS)["feeder_code"] == (2,)
    assert found.body == 2


def test_a_sheet_without_any_known_header_takes_the_widest_row() -> None:
    assert layout_of([["a"], ["x", "y", "z"], ["1", "2", "3"]]).first == 1
    assert find_layout([[None], ["", " "]], AREAS.names.__contains__) is None


def test_doubled_headers_must_agree_and_blank_ones_get_a_name() -> None:
    headers = ["台区编号", None, "台区名称", "台区编号"]
    places = match(headers, AREAS)
    assert unique_names(headers) == ["台区编号", "列2", "台区名称", "台区编号 (2)"]
    assert parse(["T1", "", "一号", "T1"], places, AREAS)["code"] == "T1"
    assert parse(["", "", "一号", "T1"], places, AREAS)["code"] == "T1"
    with pytest.raises(Bad, match="重复的列") as bad:
        parse(["T1", "", "一号", "T2"], places, AREAS)
    assert bad.value.code == "duplicate_conflict"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["合计", "", 3], "totals_row"),
        (["", "小 计", ""], "totals_row"),
        (["总计：", "", 12], "totals_row"),
        (["制表人：王", "", ""], "totals_row"),
        (["共 12 条", "", ""], "totals_row"),
        (["台区编号", "台区名称", "容量(kVA)"], "repeated_header"),
        (["T1", "一号", 315, "多出来"], "column_count"),
    ],
)
def test_rows_that_are_no_data_are_refused_aloud(row: list[object], code: str) -> None:
    with pytest.raises(Bad) as bad:
        check_row(row, ["台区编号", "台区名称", "容量"])
    assert bad.value.code == code


def test_a_formatted_row_without_content_is_no_row() -> None:
    assert is_blank([None, "", "  ", "\u3000"])
    assert not is_blank([None, "-"])


def test_a_name_merged_over_rows_belongs_to_each_of_them() -> None:
    body = MergedBody([(1, 0, 3, 0), (0, 0, 0, 2)], 1)
    assert [
        body.fill(place, row)[0] for place, row in ((1, ["所", 1]), (2, [None, 2]), (3, [None, 3]), (4, [None, 4]))
    ] == [
        "所",
        "所",
        "所",
        None,
    ]


def test_required_columns_are_named_when_they_lack() -> None:
    assert lacking(match(["台区名称"], AREAS), AREAS) == ["台区编号"]
    with pytest.raises(Bad) as bad:
        parse(["", "一号"], match(["台区编号", "台区名称"], AREAS), AREAS)
    assert bad.value.code == "missing"


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=lambda recipe: recipe.code)
def test_no_header_means_two_things_in_one_recipe(recipe: object) -> None:
    names = [name for one in recipe.columns for name in {plain(n) for n in (one.title, *one.synonyms)}]  # type: ignore[attr-defined]
    doubled = {name for name in names if names.count(name) > 1}
    assert not doubled


def test_a_layout_is_recognised_by_its_headers() -> None:
    assert fingerprint(["户号", "户名"], "accounts") == fingerprint(["*户号", "户 名"], "accounts")
    assert fingerprint(["户号"], "accounts") != fingerprint(["户号"], "meters")


@pytest.mark.parametrize("style", make.STYLES)
def test_all_three_styles_of_time_headers(style: str) -> None:
    assert slot_columns([*make.HEAD, *make.STYLES[style]]) == tuple(range(3, 99))


def test_a_wide_form_with_missing_or_doubled_times_is_refused() -> None:
    with pytest.raises(BadFile) as few:
        form_of([*make.HEAD, *make.STARTS[:90]])
    with pytest.raises(BadFile) as twice:
        form_of([*make.HEAD, *make.STARTS, "00:15"])
    assert (few.value.code, twice.value.code) == ("slots_missing", "slots_twice")


def test_a_long_form_has_a_value_column_or_columns_that_name_their_quantity() -> None:
    assert form_of(["表号", "数据时间", "数据项", "值"]).named == {}
    assert form_of(["表号", "时间", "A相电压", "B相电压"]).named.keys() == {2, 3}
    with pytest.raises(BadFile, match="数据项"):
        form_of(["表号", "时间"])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("A相电压(V)", ("u", 1, 1.0)),
        ("有功功率(W)", ("p", 0, 0.001)),
        ("二次侧A相电流", ("i", 1, 1.0)),
        ("功率因数", None),
    ],
)
def test_names_of_quantities(name: str, expected: object) -> None:
    found = quantity_of(name)
    assert (found and (found.symbol, found.phase, found.scale)) == expected


def test_a_tally_that_loses_a_row_cannot_be_made() -> None:
    assert (Tally(3, 1, 1, 1) + Tally(2, 0, 0, 1, 1, {"missing": 1})).read == 5
    with pytest.raises(Tangled):
        Tally(3, 1, 1, 0)
    with pytest.raises(Tangled):
        Tally(1, 0, 0, 0, 1, {})
