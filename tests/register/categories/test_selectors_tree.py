"""What other apps ask of the tree."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from longzhong.kit.errors import Refused
from longzhong.register.categories import selectors
from longzhong.register.categories.rules import CaseType
from longzhong.register.org.rules import Role
from tests.register.categories.make import id_of, tree
from tests.register.org.make import DAY, actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded(db: None) -> None:
    tree()


def test_the_tree_has_ten_types_three_levels_and_one_query() -> None:
    with CaptureQueriesContext(connection) as queries:
        roots = selectors.tree(day=DAY)
    assert len(queries) == 1
    assert {root.type for root in roots} == set(CaseType)
    complaint = next(root for root in roots if root.code == "complaint")
    quality = next(child for child in complaint.children if child.code == "complaint.quality")
    assert [leaf.name for leaf in quality.children][1] == "频繁停电"


def test_labels_of_many_cost_one_query() -> None:
    ids = [leaf.id for leaf in selectors.leaves(day=DAY)]
    with CaptureQueriesContext(connection) as queries:
        labels = selectors.labels(ids)
    assert len(queries) == 1
    assert labels[id_of("complaint.quality.frequent")] == "投诉 / 供电质量 / 频繁停电"
    assert labels[id_of("report.theft")] == "举报 / 违章窃电"
    assert selectors.label_of(0) == ""


def test_leaves_are_the_lowest_of_each_branch() -> None:
    codes = {leaf.code for leaf in selectors.leaves()}
    assert {"report.theft", "complaint.quality.frequent", "suggestion.city_grid"} <= codes
    assert not codes & {"complaint", "complaint.quality", "report"}
    assert {leaf.type for leaf in selectors.leaves("praise")} == {CaseType.PRAISE}


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        selectors.category("no.such")
    assert caught.value.code == "not_found"


def test_below_and_attitude() -> None:
    assert id_of("complaint.quality.frequent") in selectors.below(id_of("complaint"))
    assert id_of("complaint.quality.frequent") in selectors.below(id_of("complaint.quality"))
    assert id_of("opinion.quality.frequent") not in selectors.below(id_of("complaint"))
    attitude = selectors.attitude_ids()
    assert id_of("complaint.service.hall_attitude") in attitude
    assert id_of("complaint.service.hall_conduct") not in attitude
    assert {n.code for n in selectors.by_codes(["repair.lv.fire"]).values() if n.hazard} == {"repair.lv.fire"}


def test_nobody_without_a_grant_reads_it() -> None:
    assert not selectors.visible_to(actor(Role.DESK).__class__(None, None, "x")).exists()
