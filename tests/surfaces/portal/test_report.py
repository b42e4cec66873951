"""Report a fault, follow it by code, urge, confirm, rate."""

import io
import threading
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from PIL import Image

from longzhong.cases.hotline.models import Call, Case, Urge
from longzhong.cases.hotline.rules.machine import State
from longzhong.cases.hotline.rules.repeats import UrgeReason
from longzhong.dispatch.matters.models import Attachment
from longzhong.kit.errors import Refused
from longzhong.surfaces.portal import selectors, services
from longzhong.surfaces.portal.models import Follow, Rating
from longzhong.surfaces.portal.rules import shown_code
from tests.cases.hotline.acts import do_work, minutes, settle
from tests.surfaces.portal.make import NOON, PORTAL, Town, a_town, at, key, set_policy

CODE = "查询码"


def post(client: Client, **changes: Any) -> Any:
    given = {
        "kind": "my_home",
        "phone": "13800138001",
        "tail": "0001",
        "where": "",
        "words": "",
        "key": key(),
        **changes,
    }
    return client.post("/p/report/", given)


def shown(answer: Any) -> str:
    return str(answer.content.decode()).partition('class="lp-code">')[2].partition("<")[0]


def test_a_report_becomes_a_case_and_a_code(town: Town, client: Client) -> None:
    page = client.get("/p/report/").content.decode()
    assert "倒杆断线请勿靠近" in page
    answer = post(client, words="我叫张惠芳，昨晚就没电了")
    code = shown(answer)
    assert len(code) == 14
    follow = Follow.objects.get()
    assert code not in (follow.code_index, follow.key_index)
    call, case = follow.call, town.case_of(follow)
    assert (call.channel, call.account_id, call.outcome) == ("online", town.hotline.accounts[1], "case")
    assert "张惠芳" not in case.content
    assert case.state == State.DISPATCHED
    assert case.category.code == "repair.lv.single_out"
    seen = client.post("/p/follow/", {"code": code.lower().replace("-", " ")}).content.decode()
    assert "已派人，等他接单" in seen
    assert str(case.number) in seen
    owner = case.owner.name
    assert owner not in seen
    assert f"{owner[0]}师傅" in seen


def test_the_same_form_twice_is_one_report(town: Town, client: Client) -> None:
    one = key()
    first, second = post(client, key=one), post(client, key=one)
    assert shown(first) == shown(second) != ""
    assert (Call.objects.count(), Case.objects.count(), Follow.objects.count()) == (1, 1, 1)
    other = post(client, key=one, phone="13999999999").content.decode()
    assert "这张表已经交过了" in other, "nobody gets another's code with a guessed key"
    with pytest.raises(Refused) as no:
        town.report(key=one, phone="13999999999")
    assert no.value.code == "portal_key_reused"


def test_an_unknown_pair_is_a_report_all_the_same(town: Town, client: Client) -> None:
    known, unknown = post(client), post(client, phone="13999999999", tail="7777")
    assert known.status_code == unknown.status_code == 200
    hidden = shown(known), shown(unknown)
    assert len(hidden[0]) == len(hidden[1]) == 14
    assert Call.objects.latest("id").account_id is None


def test_a_danger_is_urgent_and_warned(town: Town, client: Client) -> None:
    answer = post(client, kind="wire", where="凤凰村三组路口").content.decode()
    assert "离开至少 8 米" in answer.partition("已收到您的报修")[0]
    case = Case.objects.get()
    assert (case.urgency, case.hazard) == (1, "wire_broken")


def test_a_known_outage_answers_instead_of_a_new_case(town: Town, client: Client) -> None:
    outage = town.fault("A1")
    code = shown(post(client))
    assert Case.objects.count() == 0
    assert (Call.objects.get().outcome, Call.objects.get().outage_id) == ("outage", outage.pk)
    page = client.post("/p/follow/", {"code": code}).content.decode()
    assert "您那里正在停电，已经在处理" in page
    with pytest.raises(Refused) as no:
        services.press(code=code, reason=UrgeReason.PROGRESS, words="", key=key(), by=PORTAL, at=NOON)
    assert no.value.code == "portal_no_case"
    post(client, kind="shock")
    assert Case.objects.count() == 1, "a danger is never explained away"


def test_by_policy_a_report_waits_for_the_desk(town: Town, client: Client) -> None:
    set_policy("portal.opens_case", False)
    code = shown(post(client, place=town.estate.token, tail="", where="12号楼前"))
    call = Call.objects.get()
    assert (call.outcome, call.area_id) == ("kept", town.hotline.areas["A1"])
    assert "12号楼前" not in call.text
    assert "已收到，值班人员正在看" in client.post("/p/follow/", {"code": code}).content.decode()


def test_a_danger_that_nobody_can_answer_waits_for_the_desk_and_no_outage_explains_it(
    town: Town, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """README: a danger becomes an urgent case, except where the policy is off or nobody can answer; then its call is kept."""
    town.fault("A1")
    set_policy("portal.opens_case", False)
    post(client, kind="shock")
    assert (Call.objects.latest("id").outcome, Case.objects.count()) == ("kept", 0)
    set_policy("portal.opens_case", True)

    def nobody(**_given: Any) -> None:
        raise Refused("owner_unknown", "没有人能负责")

    with monkeypatch.context() as patched:
        patched.setattr("longzhong.cases.hotline.services.dispatch", nobody)
        answer = post(client, kind="shock").content.decode()
    assert "离开" in answer.partition("已收到您的报修")[0], "who reports a danger is warned all the same"
    assert (Call.objects.latest("id").outcome, Case.objects.count()) == ("kept", 0)
    post(client, kind="shock")
    assert Case.objects.get().urgency == 1
    assert not Call.objects.exclude(outage_id=None).exists()


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(out, "JPEG")
    return out.getvalue()


def test_a_photo_is_looked_into(town: Town, client: Client) -> None:
    post(client, photo=SimpleUploadedFile("张惠芳家.jpg", photo(), "image/jpeg"))
    row = Attachment.objects.get()
    assert (row.mime, row.name, row.matter) == ("image/jpeg", "", f"hotline.case:{Case.objects.get().pk}")
    bad = post(client, photo=SimpleUploadedFile("x.jpg", b"<svg onload=alert(1)>", "image/jpeg"))
    assert "不是完好的照片" in bad.content.decode()
    assert Call.objects.count() == 1, "a refused photo leaves no report behind"


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"kind": "nothing"}, "lz-error"), ({"phone": ""}, "lz-error"), ({"tail": "", "where": ""}, "lz-error"),
     ({"words": "长" * 501}, "lz-error"), ({"where": "长" * 121}, "lz-error"), ({"words": "a\0b"}, "lz-error")],
)  # fmt: skip
def test_incomplete_forms_keep_what_was_typed(town: Town, client: Client, changes: dict[str, str], words: str) -> None:
    answer = post(client, **{"where": "名仕家天下北门", **changes}).content.decode()
    assert words in answer
    if "where" not in changes:
        assert "名仕家天下北门" in answer
    assert Call.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"phone": "12"}, "portal_phone_wrong"), ({"key": "short"}, "client_key_missing"),
     ({"tail": "", "where": " "}, "portal_where_missing"), ({"words": "x" * 501}, "text_too_long"),
     ({"place": "nosuch"}, "not_found")],
)  # fmt: skip
def test_the_service_refuses(town: Town, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as no:
        town.report(**changes)
    assert no.value.code == code
    assert Call.objects.count() == 0


def test_reports_and_codes_are_limited(town: Town, client: Client) -> None:
    set_policy("portal.report_per_phone", 1)
    set_policy("portal.code_per_address", 2)
    assert [post(client).status_code for _turn in range(2)] == [200, 429]
    wrong = {"code": "AAAA-AAAA-AAAA"}
    got = [client.post("/p/follow/", wrong).status_code for _turn in range(3)]
    assert got == [404, 404, 429]
    with pytest.raises(Refused) as no:
        selectors.follow_of("AAAA-AAAA-AAAA", NOON)
    assert no.value.code == "portal_code_unknown"


def test_a_code_ends_with_its_days(town: Town) -> None:
    code, _follow = town.report()
    assert selectors.follow_of(shown_code(code), NOON)
    with pytest.raises(Refused) as no:
        selectors.follow_of(code, at("2026-09-01 09:00"))
    assert no.value.code == "portal_code_unknown"


def test_urging(town: Town, client: Client) -> None:
    code, follow = town.report()
    case, one = town.case_of(follow), key()
    given = {"code": code, "do": "urge", "reason": "no_contact", "words": "快点", "key": one}
    for _twice in range(2):
        assert "这是第 1 次" in client.post("/p/follow/", given).content.decode()
    assert Urge.objects.filter(case=case).count() == 1
    set_policy("portal.urge_per_case_d", 2)
    client.post("/p/follow/", {**given, "key": key()})
    assert "太频繁" in client.post("/p/follow/", {**given, "key": key()}).content.decode()
    assert Urge.objects.filter(case=case).count() == 2
    assert "填完整" in client.post("/p/follow/", {**given, "reason": "x"}).content.decode()


def handled(town: Town) -> tuple[str, Case]:
    """A report whose order is done and whose answer was passed: we ask the customer."""
    code, follow = town.report()
    case = settle(town.case_of(follow))
    return code, do_work(case, town.hotline.manager, minutes(7))


@pytest.mark.proves("S4-12", page="portal:follow", service="longzhong.surfaces.portal.services.rate")
def test_solved_and_rated(town: Town, client: Client) -> None:
    code, case = handled(town)
    assert case.state == State.CALLING
    early = client.post("/p/follow/", {"code": code, "do": "rate", "stars": "5", "key": key()}).content.decode()
    assert "还没有办结" in early
    page = client.post("/p/follow/", {"code": code, "do": "solved", "key": key()}).content.decode()
    assert "谢谢您的确认" in page
    case.refresh_from_db()
    assert (case.state, case.outcome) == (State.CLOSED, "satisfied")
    one = key()
    rated = {"code": code, "do": "rate", "stars": "2", "words": "等太久，打我13800138001", "key": one}
    for _twice in range(2):
        assert "谢谢您的评价" in client.post("/p/follow/", rated).content.decode()
    row = Rating.objects.get()
    assert (row.stars, row.owner_id, row.case_id) == (2, case.owner_id, case.pk)
    assert "13800138001" not in row.words
    assert row.call is not None
    assert row.call.outcome == "kept"
    assert "建议回访" in row.call.text
    assert Call.objects.filter(text__contains="建议回访").count() == 1
    assert "已经评过" in client.post("/p/follow/", {**rated, "key": key()}).content.decode()


def test_not_solved_goes_back(town: Town, client: Client) -> None:
    code, case = handled(town)
    client.post("/p/follow/", {"code": code, "do": "unsolved", "words": "灯还是暗", "key": key()})
    case.refresh_from_db()
    assert (case.state, case.times_dissatisfied) == (State.HANDLING, 1)
    with pytest.raises(Refused) as no:
        services.answer_done(code=code, solved=False, words="", key=key(), by=PORTAL, at=NOON)
    assert no.value.code == "portal_not_asked"


def test_not_solved_after_the_end_is_told_to_the_desk(town: Town) -> None:
    code, case = handled(town)
    services.answer_done(code=code, solved=True, words="", key=key(), by=PORTAL, at=NOON)
    assert not services.answer_done(code=code, solved=True, words="", key=key(), by=PORTAL, at=NOON)
    one = key()
    for _twice in range(2):
        services.answer_done(code=code, solved=False, words="又没电了", key=one, by=PORTAL, at=NOON)
    told = Call.objects.filter(text__contains=str(case.number))
    assert [call.outcome for call in told] == ["kept"]
    for stars, word in ((0, "portal_stars_wrong"), (6, "portal_stars_wrong")):
        with pytest.raises(Refused) as no:
            services.rate(code=code, stars=stars, words="", key=key(), by=PORTAL, at=NOON)
        assert no.value.code == word
    services.rate(code=code, stars=5, words="", key=key(), by=PORTAL, at=NOON)
    assert Rating.objects.get().call is None
    with pytest.raises(Refused) as no:
        services.rate(code=code, stars=5, words="", key=key(), by=PORTAL, at=NOON)
    assert no.value.code == "portal_rated"


def test_a_rating_waits_for_the_end(town: Town) -> None:
    code, _follow = town.report()
    with pytest.raises(Refused) as no:
        services.rate(code=code, stars=5, words="", key=key(), by=PORTAL, at=NOON)
    assert no.value.code == "portal_not_ended"


@pytest.mark.django_db(transaction=True)
def test_two_posts_at_once() -> None:
    town, one, got = a_town(), key(), []
    gate = threading.Barrier(2)

    def run() -> None:
        try:
            gate.wait(30)
            got.append(town.report(key=one)[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _turn in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(got) == 2
    assert len(set(got)) == 1
    assert (Call.objects.count(), Follow.objects.count()) == (1, 1)
