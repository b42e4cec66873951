"""Pack files: what is refused, and that every file that ships is sound and says REFERENCE's numbers."""

import pytest

from longzhong.register.policies.gateways import FOLDER, shipped_packs
from longzhong.register.policies.rules import MEASURES, Confidence, PackError, Wrong, parse_pack, shown, why_wrong

GOOD = '[[policy]]\nkey = "a.b_h"\nvalue = 3\nmeasure = "h"\nsource = "s"\nconfidence = "F"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[policy]\n", "packs"),
        (GOOD.replace('source = "s"\n', ""), "missing ['source']"),
        (GOOD + 'colour = "red"\n', "unknown ['colour']"),
        (GOOD.replace('"F"', '"X"'), "confidence 'X'"),
        (GOOD.replace('"h"', '"parsec"'), "measure 'parsec'"),
        (GOOD.replace("a.b_h", "A b"), "a key is"),
        (GOOD + 'edition = "XX"\n', "edition 'XX'"),
        (GOOD.replace("= 3", "= nan"), "is refused (bounds)"),
        (GOOD.replace("= 3", "= []"), "is refused (empty)"),
        (GOOD + "least = 4\n", "is refused (bounds)"),
        (GOOD + GOOD, "stands twice"),
        ("[other]\n", "unknown tables"),
    ],
)
def test_a_wrong_pack_is_refused_as_a_whole(text: str, says: str) -> None:
    with pytest.raises(PackError, match="packs") as refusal:
        parse_pack("packs", text)
    assert says in str(refusal.value)


def test_measures_may_be_named_by_their_chinese_word() -> None:
    assert parse_pack("p", GOOD.replace('"h"', '"小时"')).entries[0].measure == "h"


@pytest.mark.parametrize(
    ("value", "measure", "like", "wrong"),
    [
        (24, "h", 12, None),
        (24.5, "h", 12, None),
        (True, "h", 12, Wrong.SHAPE),
        ("24", "h", 12, Wrong.SHAPE),
        (-1, "h", 12, Wrong.BOUNDS),
        (float("nan"), "h", 12, Wrong.BOUNDS),
        (float("inf"), "h", 12, Wrong.BOUNDS),
        (2.5, "count", 3, Wrong.WHOLE),
        ([198.0, 230.0], "V", [198.0, 235.4], None),
        ([230.0, 198.0], "V", [198.0, 235.4], Wrong.ORDER),
        ([198.0], "V", [198.0, 235.4], Wrong.ORDER),
        ([], "V", [198.0, 235.4], Wrong.EMPTY),
        (["a", 1], "V", [198.0, 235.4], Wrong.SHAPE),
        ("CSG", "edition", "SG", None),
        ("XYZ", "edition", "SG", Wrong.BOUNDS),
        (3, "parsec", 3, Wrong.MEASURE),
        ([1, 2, 3], "h", [4, 4, 4], None),
    ],
)
def test_what_a_value_may_look_like(value: object, measure: str, like: object, wrong: Wrong | None) -> None:
    assert why_wrong(value, measure, like=like) == wrong  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "measure", "text"),
    [
        (24, "h", "24 小时"),
        ([198.0, 235.4], "V", "198–235.4 V"),
        (80, "pct", "80%"),
        (True, "flag", "是"),
        ("SG", "edition", "SG"),
        ([4, 8, 12], "h", "4、8、12 小时"),
    ],
)
def test_how_a_value_is_shown(value: object, measure: str, text: str) -> None:
    assert shown(value, measure) == text  # type: ignore[arg-type]


def test_every_shipped_pack_is_sound() -> None:
    packs = shipped_packs()
    assert packs[0].name == "base"
    assert {pack.name for pack in packs} == {file.stem for file in FOLDER.glob("*.toml")}
    owners: dict[str, str] = {}
    for pack in packs:
        for entry in pack.entries:
            assert entry.measure in MEASURES
            assert entry.confidence != Confidence.LOCAL, f"{entry.key}: a pack is no company's decision"
            assert owners.setdefault(entry.key, pack.name) == pack.name, f"{entry.key} stands in two packs"


@pytest.mark.parametrize(
    ("key", "edition", "value", "confidence"),
    [
        ("complaint.dispatch_min", "", 20, "F2"),
        ("complaint.first_contact_h", "SG", 24, "F"),
        ("complaint.reply_wd", "SG", 4, "F"),
        ("report.reply_wd", "", 9, "F"),
        ("ch12398.close_wd", "", 10, "F"),
        ("service.reconnect_h", "SG", 24, "F2"),
        ("service.reconnect_h", "CSG", 12, "F2"),
        ("repair.arrive_min_urban", "", 45, "F"),
        ("repair.arrive_min_rural", "", 90, "F"),
        ("repair.arrive_min_remote", "", 120, "F"),
        ("repair.restore_avg_h_urban", "SG", 3, "F"),
        ("repair.restore_avg_h_rural", "CSG", 5, "F2"),
        ("outage.planned_notice_d", "", 7, "F"),
        ("outage.frequent_n", "", 3, "M"),
        ("voltage.lv1p", "", [198.0, 235.4], "F"),
        ("voltage.lv3p", "", [353.4, 406.6], "F"),
        ("voltage.low_min_duration_min", "", 60, "M"),
        ("load.heavy_pct", "", 80, "M"),
        ("unbalance.anomaly_pct", "", 50, "F"),
        ("arrears.earliest_stop_d", "", 30, "F"),
        ("arrears.prestop_min", "", 30, "M"),
        ("meter.verify_wd", "", 5, "F"),
        ("repeat.window_d", "", 30, "U"),
        ("visit.monthly_min", "", 50, "F"),
        ("security.pw_min_len", "", 10, "F2"),
        ("security.idle_min", "", 15, "U"),
        ("audit.retention_d", "", 180, "F"),
    ],
)
def test_base_says_what_reference_appendix_b_says(key: str, edition: str, value: object, confidence: str) -> None:
    rows = shipped_packs()[0].series()[key, edition]
    newest = max(rows, key=lambda row: row.from_on)
    assert (newest.value, newest.confidence) == (value, confidence)
