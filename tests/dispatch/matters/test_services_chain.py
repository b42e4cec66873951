"""Steps: append-only, chained, erasable, anchored; tampering by raw SQL is revealed."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from longzhong.dispatch.matters import selectors, services
from longzhong.dispatch.matters.engines import files
from longzhong.dispatch.matters.management import chain
from longzhong.dispatch.matters.models import Anchor, Attachment, ChainHead, Step, StepWords
from longzhong.dispatch.matters.services import NewStep
from longzhong.kit.errors import Refused
from tests.dispatch.make import MORNING, SYSTEM, County, at
from tests.dispatch.matters.pictures import jpeg

M = "tests.thing:1"


def tell(count: int, matter: str = M) -> None:
    for number in range(count):
        data = {"n": number, "share": 0.1, "list": [1, "二"], "day": MORNING.date()}
        step = NewStep("note", data, {"text": f"第{number}句", "lat": 32.01})
        services.add_step(matter=matter, step=step, by=SYSTEM, at=MORNING + timedelta(minutes=number))


def broken(matter: str | None = None) -> list[tuple[str, int, str]]:
    return [(row.matter, row.seq, row.why) for row in selectors.broken_links(matter)]


def tamper(sql: str, *values: object) -> None:
    """Somebody with the database's keys: triggers off, one statement, triggers on."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("set session_replication_role = origin")


@pytest.mark.django_db
def test_a_chain_holds_and_reads_back() -> None:
    tell(5)
    tell(3, "tests.thing:2")
    assert broken() == []
    assert [step.words["text"] for step in selectors.steps(M)][:2] == ["第4句", "第3句"]
    assert ChainHead.objects.get(matter=M).seq == 5


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql", ["update matters_step set verb = 'x'", "delete from matters_step", "update matters_anchor set digest = ''"]
)
def test_the_database_refuses_to_change_or_delete(sql: str) -> None:
    tell(2)
    services.anchor_heads(by=SYSTEM, at=MORNING)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


SECOND = "(select id from matters_step where seq = 2)"
STEP_3_GONE = [(M, 3, "step_missing"), (M, 4, "step_changed"), (M, 3, "words_missing")]
TAMPERINGS = [
    ("a verb", "update matters_step set verb = 'other' where seq = 3", [(M, 3, "step_changed")]),
    ("who", "update matters_step set staff_id = 7 where seq = 3", [(M, 3, "step_changed")]),
    ("the moment", "update matters_step set at = at - interval '1 second' where seq = 2", [(M, 2, "step_changed")]),
    (
        "a code",
        """update matters_step set data = jsonb_set(data, '{n}', '9') where seq = 1""",
        [(M, 1, "step_changed")],
    ),
    ("a step out of the middle", "delete from matters_step where seq = 3", STEP_3_GONE),
    ("words", f"update matters_stepwords set words = '{{}}' where step_id = {SECOND}", [(M, 2, "words_changed")]),
    ("words away", f"delete from matters_stepwords where step_id = {SECOND}", [(M, 2, "words_missing")]),
    ("the head", "update matters_chainhead set seq = 9", [(M, 9, "head_differs")]),
    ("the tail, with its words", "delete from matters_step where seq = 5", [(M, 5, "head_differs")]),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("sql", "found"), [row[1:] for row in TAMPERINGS], ids=[row[0] for row in TAMPERINGS])
def test_tampering_is_revealed(sql: str, found: list[tuple[str, int, str]]) -> None:
    tell(5)
    tamper(sql)
    assert set(broken()) - set(found) <= {(M, 3, "words_missing")}
    assert set(broken()) & set(found)


@pytest.mark.django_db
def test_a_cut_tail_with_a_mended_head_is_revealed_by_the_anchor(capsys: pytest.CaptureFixture[str]) -> None:
    tell(5)
    services.anchor_heads(by=SYSTEM, at=at("2026-03-03 00:10"))
    assert chain.main([]) == 0
    tamper("delete from matters_step where seq > 3")
    tamper("update matters_chainhead set seq = 3, digest = (select digest from matters_step where seq = 3)")
    assert broken() == [(M, 5, "anchor_differs")]
    assert broken(M) == [(M, 5, "anchor_differs")]
    tamper("delete from matters_anchorhead")
    assert broken() == [("anchors", Anchor.objects.get().pk, "anchor_changed")]
    assert chain.main(["--json"]) == 1
    assert '"why": "anchor_changed"' in capsys.readouterr().out


@pytest.mark.django_db
def test_a_whole_chain_taken_away_is_revealed() -> None:
    tell(2)
    tamper("delete from matters_step")
    assert broken() == [(M, 2, "steps_missing")]


@pytest.mark.django_db
def test_an_anchor_a_day_over_what_moved() -> None:
    tell(2)
    first = services.anchor_heads(by=SYSTEM, at=at("2026-03-03 00:10"))
    assert services.anchor_heads(by=SYSTEM, at=at("2026-03-03 20:00")) == first
    tell(1, "tests.thing:2")
    second = services.anchor_heads(by=SYSTEM, at=at("2026-03-04 00:10"))
    assert (first.heads, second.heads) == (1, 1)
    assert broken() == []


@pytest.mark.django_db
def test_erasing_personal_data_keeps_the_chain(county: County) -> None:
    upload = services.Upload("photo", "a.jpg", jpeg(lat=32.0, lon=112.1))
    photo = services.keep_file(matter=M, upload=upload, by=SYSTEM, at=MORNING)
    assert (photo.lat, photo.lon) == (32.0, 112.1)
    services.add_step(
        matter=M, step=NewStep("note", {}, {"text": "张三电话 138"}, (photo.pk,)), by=county.zhang, at=MORNING
    )
    tell(2)
    services.erase_words(matter=M, seq=1, reason="pipl_47", by=SYSTEM, at=at("2026-03-05 09:00"))
    assert broken() == []
    assert not StepWords.objects.filter(step__seq=1, step__head__matter=M).exists()
    photo.refresh_from_db()
    assert (photo.lat, photo.name, photo.sha256) == (None, "", "")
    assert selectors.steps(M)[-1].is_erased
    with pytest.raises(Refused, match="words_unknown"):
        services.erase_words(matter=M, seq=1, reason="pipl_47", by=SYSTEM, at=at("2026-03-05 09:00"))


@pytest.mark.django_db
def test_a_file_goes_into_one_step_only() -> None:
    row = services.attach(
        matter=M, upload=services.Upload("photo", "a.jpg", jpeg()), note="铭牌", by=SYSTEM, at=MORNING
    )
    assert Attachment.objects.get().step_id == row.step_id == Step.objects.get().pk
    with pytest.raises(Refused, match="attachment_unknown"):
        services.add_step(matter=M, step=NewStep("note", {}, {}, (row.pk,)), by=SYSTEM, at=MORNING)
    assert broken() == []


@pytest.mark.django_db
def test_a_photo_changed_for_another_is_revealed() -> None:
    services.attach(matter=M, upload=services.Upload("photo", "a.jpg", jpeg()), note="", by=SYSTEM, at=MORNING)
    other = services.keep_file(
        matter=M, upload=services.Upload("photo", "b.jpg", jpeg(size=(9, 9))), by=SYSTEM, at=MORNING
    )
    tamper("update matters_attachment set sha256 = %s where step_id is not null", other.sha256)
    assert broken() == [(M, 1, "files_changed")]
    assert list(selectors.broken_files()) == []
    files.drop(other.sha256)
    assert {row.why for row in selectors.broken_files(M)} == {"file_changed"}
    assert chain.main([M, "--files"]) == 1


@pytest.mark.django_db(transaction=True)
def test_many_writers_of_one_matter_make_one_chain() -> None:
    def work() -> None:
        try:
            tell(10)
        finally:
            connection.close()

    writers = [threading.Thread(target=work) for _ in range(4)]
    [writer.start() for writer in writers]
    [writer.join(60) for writer in writers]
    assert ChainHead.objects.get().seq == 40
    assert broken() == []
