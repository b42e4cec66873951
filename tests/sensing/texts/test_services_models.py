"""Teaching, forgetting, training, refusing; and what the installed model suggests."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from longzhong.kit.errors import Refused
from longzhong.kit.models import JournalEntry
from longzhong.register.categories import selectors as categories
from longzhong.register.categories import services as tree
from longzhong.register.org.rules import Role
from longzhong.sensing.texts import jobs, selectors, services
from longzhong.sensing.texts.engines.store import load
from longzhong.sensing.texts.management import train as command
from longzhong.sensing.texts.models import Lesson, TextModel
from longzhong.sensing.texts.rules import Source
from tests.register.org.make import DAY, MACHINE, actor
from tests.register.policies.make import change, security
from tests.sensing.texts.make import AT, CODES, SAID, house, teach

pytestmark = pytest.mark.django_db
BY: dict[str, Any] = {"by": MACHINE, "at": AT}


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    load.cache_clear()
    house()


def refusal(code: str, call: Any, **words: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        call(**{**BY, **words})
    assert caught.value.code == code
    return caught.value


def one(**words: Any) -> Any:
    first = {
        "text": "停电了",
        "category_id": categories.category(CODES[0]).id,
        "source": "chosen",
        "label": "tests.case:1",
    }
    return services.teach(**{**first, **BY, **words})


def test_the_latest_word_of_a_matter_holds() -> None:
    other = categories.category(CODES[1]).id
    one()
    one(category_id=other, source="corrected", at=AT + timedelta(hours=1))
    one(at=AT)  # the first choice, delivered late
    lesson = Lesson.objects.get()
    assert (lesson.category_id, lesson.source) == (other, "corrected")
    one(category_id=other, source="corrected", at=AT + timedelta(hours=1))  # heard twice
    assert Lesson.objects.count() == 1


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("lesson_empty", {"text": "  "}),
        ("lesson_source_unknown", {"source": "guessed"}),
        ("lesson_source_unknown", {"label": " "}),
        ("not_found", {"category_id": 0}),
    ],
)
def test_what_is_no_lesson(code: str, words: dict[str, Any]) -> None:
    refusal(code, one, **words)
    assert not Lesson.objects.exists()


def test_lessons_can_be_forgotten() -> None:
    teach(4)
    assert services.forget(labels=["tests.case:0", "tests.case:9"], reason="客户要求删除", **BY) == 1
    assert services.forget(labels=["tests.case:0"], reason="再次", **BY) == 0
    assert Lesson.objects.count() == 3
    assert JournalEntry.objects.filter(act="lesson.forget").count() == 1


def test_nothing_is_suggested_before_the_first_model() -> None:
    assert selectors.suggest("停电了", AT) == selectors.Suggestion((), sure=False, model="")


def test_the_first_model_learns_from_made_texts_and_claims_no_accuracy() -> None:
    row = services.train(**BY)
    assert (row.state, row.version, row.lessons) == ("installed", 1, 0)
    assert row.figures["outside"] is None
    assert "accuracy" not in row.figures["made"]
    assert row.figures["made"]["agreement"] > 0.3
    said = selectors.suggest("就我一家没电，隔壁都有电，请来修", AT)
    assert (len(said.top), said.model) == (3, "1")
    assert said.top[0].code == "repair.lv.single_out"
    assert said.top[0].label == "故障报修 / 低压故障 / 单户无电"
    assert said.top[0].confidence >= said.top[1].confidence >= said.top[2].confidence
    assert selectors.suggest("  ", AT).top == ()


def test_real_lessons_judge_and_enough_of_them_put_made_texts_aside() -> None:
    teach(300)
    row = services.train(**BY)
    outside = row.figures["outside"]
    assert (row.lessons, row.made_texts, outside["lessons"], row.classes) == (240, 0, 60, 4)
    assert outside["accuracy"] > 0.95
    assert outside["old_accuracy"] is None
    assert sum(step[2] for step in outside["bins"]) == 60


def test_made_lessons_train_only_while_real_ones_are_few_and_never_judge() -> None:
    teach(80, source=Source.MADE)
    assert services.train(**BY).figures["outside"] is None
    teach(120, first=80)
    second = services.train(**BY)
    assert second.made_texts > 80
    assert second.figures["outside"] is None  # 24 newest are too few to judge
    teach(200, first=200)
    third = services.train(**BY)
    assert (third.made_texts, third.figures["outside"]["lessons"]) == (0, 64)
    assert third.figures["outside"]["old_accuracy"] is not None


def test_a_worse_model_is_refused_and_its_card_kept() -> None:
    teach(300)
    good = services.train(**BY)
    teach(240, wrong=True)  # somebody corrupts what the next one would learn from, not the newest lessons
    refused = refusal("model_worse", services.train)
    rows = {row.version: row for row in TextModel.objects.all()}
    assert (rows[1].state, rows[2].state, rows[2].file) == ("installed", "refused", "")
    assert rows[2].figures["outside"]["accuracy"] < rows[2].figures["outside"]["old_accuracy"]
    assert refused.facts["version"] == 2
    assert selectors.suggest(SAID[CODES[0]].format(n=3), AT).model == str(good.version)


def test_a_better_one_retires_the_old_one() -> None:
    services.train(**BY)
    teach(300)
    second = services.train(**BY)
    states = dict(TextModel.objects.values_list("version", "state"))
    assert states == {1: "retired", 2: "installed"}
    assert selectors.suggest(SAID[CODES[0]].format(n=3), AT).model == str(second.version)
    assert JournalEntry.objects.filter(act="text_model.train").count() == 2


def test_too_few_lessons() -> None:
    change("texts.made_lessons", 0, by=security())
    teach(40)
    refused = refusal("too_few_lessons", services.train)
    assert refused.facts["lessons"] == 40 - 0
    assert not TextModel.objects.exists()


def test_a_desk_doesnt_train() -> None:
    refusal("not_allowed", services.train, by=actor(Role.DESK))


def test_sure_only_from_the_threshold_on() -> None:
    teach(300)
    services.train(**BY)
    text = SAID[CODES[2]].format(n=3)
    first = selectors.suggest(text, AT)
    assert first.sure is (first.top[0].confidence >= 0.8)
    change("texts.sure_at", 1.0, by=security())
    assert not selectors.suggest(text, AT).sure
    change("texts.sure_at", 0.3, by=security())
    assert selectors.suggest(text, AT).sure


def test_a_retired_category_is_not_suggested() -> None:
    services.train(**BY)
    gone = categories.category("repair.lv.single_out").id
    tree.retire(category_id=gone, to_on=DAY, reason="合并", by=actor(Role.QUALITY), at=AT)
    top = selectors.suggest("就我一家没电，隔壁都有电", AT + timedelta(days=1)).top
    assert gone not in {guess.category_id for guess in top}
    assert top


def test_a_lost_or_changed_file_suggests_nothing() -> None:
    row = services.train(**BY)
    (selectors.folder() / row.file).write_bytes(b"something else")
    load.cache_clear()
    assert selectors.suggest("停电了", AT).top == ()
    assert services.train(**BY).state == "installed"


def test_many_texts_cost_few_queries() -> None:
    services.train(**BY)
    selectors.suggest("停电", AT)
    with CaptureQueriesContext(connection) as queries:
        found = selectors.suggest_many(["停电"] * 50, AT)
    assert len(found) == 50
    assert len(queries) <= 5


def test_likest_ranks_and_names() -> None:
    found = selectors.likest("3号楼电压低", [(7, "表扬抢修师傅"), (8, "3号楼电压太低"), (9, "5号楼电压低")])
    assert [one for one, _score in found] == [8, 9, 7]
    assert selectors.likeness("停电", "停电") == pytest.approx(1.0)
    assert 0 < selectors.same_at(AT) < 1
    assert selectors.likest("x", []) == []


def test_the_weekly_job_and_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    jobs.weekly_training()
    assert TextModel.objects.get().trained_by == "texts.train"
    assert command.main(["--json"]) == 0
    assert '"version": 2' in capsys.readouterr().out
    assert command.main([]) == 0
    assert "准确率未知" in capsys.readouterr().out
    change("texts.made_lessons", 0, by=security())
    jobs.weekly_training()  # too few: logged, nothing else
    assert command.main([]) == 1
    assert "too_few_lessons" in capsys.readouterr().err
