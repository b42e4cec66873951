"""Loading, changing and mapping the tree."""

from datetime import date, timedelta
from typing import Any

import pytest

from longzhong.kit.errors import Refused
from longzhong.kit.models import JournalEntry
from longzhong.register.categories import selectors, services
from longzhong.register.categories.gateways import shipped_tree
from longzhong.register.categories.models import Category, ExternalCode
from longzhong.register.categories.rules import Row
from longzhong.register.categories.services import Draft
from longzhong.register.org.rules import Role
from tests.register.categories.make import id_of, tree
from tests.register.org.make import DAY, MACHINE, NOW, actor

pytestmark = pytest.mark.django_db
BY: dict[str, Any] = {"by": actor(Role.QUALITY), "at": NOW}
FREQUENT = "complaint.quality.frequent"


@pytest.fixture(autouse=True)
def loaded(db: None) -> None:
    tree()


def refusal(code: str, call: Any, /, **words: Any) -> None:
    before = list(Category.objects.order_by("id").values())
    with pytest.raises(Refused) as caught:
        call(**{**BY, **words})
    assert caught.value.code == code
    assert list(Category.objects.order_by("id").values()) == before


def test_loading_twice_changes_nothing() -> None:
    count = len(shipped_tree())
    assert Category.objects.count() == count
    assert services.keep_categories(by=MACHINE, at=NOW) == services.Loaded(unchanged=count)


def test_a_new_edition_relabels_and_adds_and_takes_nothing_away() -> None:
    first = [row for row in shipped_tree() if row.code in {"complaint", "complaint.quality"}]
    renamed = Row(FREQUENT, "频繁停电（新）", "新版", "F2")
    added = Row("complaint.quality.harmonic", "谐波", "新版", "F2")
    done = services.keep_categories(rows=[*first, renamed, added], by=MACHINE, at=NOW)
    assert (done.added, done.kept) == (1, 0)
    assert selectors.category(FREQUENT).name == "频繁停电（新）"
    assert selectors.category("complaint.quality.harmonic").level == 3
    assert selectors.category("repair.hv").live


def test_a_persons_word_stays() -> None:
    services.rename(category_id=id_of(FREQUENT), name="反复停电", reason="本地叫法", **BY)
    services.retire(category_id=id_of("other.silent"), to_on=DAY, reason="不再受理", **BY)
    done = services.keep_categories(by=MACHINE, at=NOW + timedelta(days=1))
    assert (done.kept, done.added, done.changed) == (2, 0, 0)
    assert selectors.category(FREQUENT).name == "反复停电"
    assert selectors.category("other.silent").to_on == DAY


def test_the_file_adds_nothing_below_what_a_person_retired_nor_a_second_of_a_name() -> None:
    services.retire(category_id=id_of("repair.not_power.telecom"), to_on=DAY, reason="并入", **BY)
    services.retire(category_id=id_of("repair.not_power.others"), to_on=DAY, reason="并入", **BY)
    services.retire(category_id=id_of("repair.not_power"), to_on=DAY, reason="并入", **BY)
    services.add_category(parent_id=id_of("repair.lv"), draft=Draft("hum", "异响"), reason="常见", **BY)
    rows = [*shipped_tree(), Row("repair.not_power.gas", "燃气", "s", "U"), Row("repair.lv.noise", "异响", "s", "U")]
    assert services.keep_categories(rows=rows, by=MACHINE, at=NOW).added == 0


def test_only_the_security_administrator_or_a_machine_loads() -> None:
    refusal("not_allowed", services.keep_categories)


def test_add_a_class_and_an_item() -> None:
    group = services.add_category(
        parent_id=id_of("repair"), draft=Draft("cable", "电缆故障"), reason="县里电缆多", **BY
    )
    item = services.add_category(
        parent_id=group.pk, draft=Draft("dig", "外力破坏", hazard=True), reason="施工多", **BY
    )  # fmt: skip
    node = selectors.category("repair.cable.dig")
    assert (node.id, node.label, node.level, node.hazard) == (item.pk, "故障报修 / 电缆故障 / 外力破坏", 3, True)
    assert (node.confidence, node.from_on) == ("L", DAY)
    assert node.id in {leaf.id for leaf in selectors.leaves("repair")}
    assert group.pk not in {leaf.id for leaf in selectors.leaves("repair")}
    assert JournalEntry.objects.filter(act="category.add").count() == 2


@pytest.mark.parametrize(
    ("code", "parent", "draft", "reason"),
    [
        ("category_too_deep", FREQUENT, Draft("more", "更细"), "x"),
        ("category_code_invalid", "repair", Draft("电缆", "电缆"), "x"),
        ("category_code_invalid", "repair", Draft("a" * 90, "长"), "x"),
        ("category_code_taken", "repair", Draft("hv", "别的"), "x"),
        ("category_name_taken", "repair", Draft("hv2", "高压故障"), "x"),
        ("category_needs_name", "repair", Draft("hv2", " "), "x"),
        ("category_needs_reason", "repair", Draft("hv2", "新"), " "),
    ],
)
def test_what_may_not_be_added(code: str, parent: str, draft: Draft, reason: str) -> None:
    refusal(code, services.add_category, parent_id=id_of(parent), draft=draft, reason=reason)


def test_a_desk_changes_nothing() -> None:
    refusal("not_allowed", services.rename, category_id=id_of(FREQUENT), name="x", reason="y", by=actor(Role.DESK))


def test_rename_keeps_code_and_refuses_a_siblings_name() -> None:
    row = services.rename(category_id=id_of(FREQUENT), name="反复停电", reason="本地叫法", **BY)
    assert (row.code, selectors.label_of(row.pk)) == (FREQUENT, "投诉 / 供电质量 / 反复停电")
    refusal("category_name_taken", services.rename, category_id=row.pk, name="频率长时间异常", reason="x")
    refusal("not_found", services.rename, category_id=0, name="x", reason="y")


def test_retire_from_a_day_on() -> None:
    later = DAY + timedelta(days=10)
    row = services.retire(category_id=id_of(FREQUENT), to_on=later, reason="合并", **BY)
    assert FREQUENT in {leaf.code for leaf in selectors.leaves(day=DAY)}
    assert FREQUENT not in {leaf.code for leaf in selectors.leaves(day=later)}
    assert selectors.labels([row.pk])[row.pk].endswith("频繁停电")


@pytest.mark.parametrize(
    ("code", "category", "day"),
    [
        ("category_is_type", "complaint", DAY),
        ("category_backdated", FREQUENT, date(2026, 3, 1)),
        ("category_has_children", "complaint.quality", DAY),
    ],
)
def test_what_may_not_be_retired(code: str, category: str, day: date) -> None:
    refusal(code, services.retire, category_id=id_of(category), to_on=day, reason="x")


def test_a_retired_category_takes_no_change() -> None:
    services.retire(category_id=id_of(FREQUENT), to_on=DAY, reason="x", **BY)
    refusal("category_retired", services.rename, category_id=id_of(FREQUENT), name="x", reason="y")
    refusal("category_retired", services.retire, category_id=id_of(FREQUENT), to_on=DAY, reason="y")
    refusal("category_retired", services.map_external, category_id=id_of(FREQUENT), system="95598", code="1")


def test_a_class_follows_its_last_item() -> None:
    for item in ("voltage", "frequent", "frequency"):
        services.retire(category_id=id_of(f"complaint.quality.{item}"), to_on=DAY, reason="x", **BY)
    services.retire(category_id=id_of("complaint.quality"), to_on=DAY, reason="x", **BY)
    roots = {root.code: root for root in selectors.tree(day=DAY)}
    assert "complaint.quality" not in {child.code for child in roots["complaint"].children}


def test_other_systems_codes() -> None:
    one = services.map_external(system="95598", code="0501", category_id=id_of(FREQUENT), **BY)
    again = services.map_external(system=" 95598 ", code="0501", category_id=id_of(FREQUENT), **BY)
    assert one.pk == again.pk
    found = selectors.of_external("95598", "0501")
    assert found is not None
    assert found.code == FREQUENT
    assert selectors.of_external("95598", "0502") is None
    refusal("external_code_taken", services.map_external, system="95598", code="0501", category_id=id_of("repair.hv"))
    refusal("external_code_empty", services.map_external, system=" ", code="1", category_id=id_of(FREQUENT))
    services.unmap(external_id=one.pk, **BY)
    assert not ExternalCode.objects.exists()
    refusal("not_found", services.unmap, external_id=one.pk)
    assert list(JournalEntry.objects.filter(act__startswith="category.").order_by("id").values_list("act", flat=True))[
        -2:
    ] == ["category.map", "category.unmap"]
