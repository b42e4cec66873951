"""The list, the file, the desk: what each role sees, each POST once, nothing personal in plain."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from longzhong.cases.petitioners import services
from longzhong.cases.petitioners.models import Incident, Occasion, Petitioner, ScriptRun
from longzhong.kit.models import JournalEntry
from tests.cases.hotline.make import Hotline
from tests.cases.petitioners.make import MORNING, NAME, PHONE, a_file, an_incident, calls, hall, tags
from tests.dispatch.make import sign_in

pytestmark = pytest.mark.django_db
KEY = "key-of-a-form"


def desk(county: Hotline, code: str = "li", role: str = "desk") -> Client:
    return sign_in(county.county, code, role)


def post(client: Client, where: str, /, *args: object, key: str = KEY, **form: object):
    return client.post(reverse(where, args=args), {"client_key": key, **form})


@pytest.mark.proves("S0-18", page="petitioners:file", service="longzhong.cases.petitioners.services.moved")
def test_the_file_follows_the_person(county):
    row, client = a_file(county), desk(county)
    html = client.get(reverse("petitioners:file", args=[row.pk])).content.decode()
    assert "郝**" in html and "名仕家天下" in html and NAME not in html and PHONE not in html
    assert JournalEntry.objects.filter(act="petitioners.look").exists()
    given = {"place": "江华机械厂家属区", "from_on": "2026-02-01", "account": ""}
    for _twice in range(2):
        assert post(client, "petitioners:move", row.pk, "move", **given).status_code == 302
    html = client.get(reverse("petitioners:file", args=[row.pk])).content.decode()
    assert "江华机械厂家属区" in html and "2026-02-01" in html and row.residences.count() == 2
    assert "老上访" not in tags(county, 1)


@pytest.mark.proves("S0-19", page="petitioners:move", service="longzhong.cases.petitioners.services.log_step")
def test_the_three_steps_by_buttons(county):
    row, client = a_file(county), desk(county)
    assert "开始三步法" in client.get(reverse("petitioners:file", args=[row.pk])).content.decode()
    post(client, "petitioners:move", row.pk, "script", key="start-it-now")
    html = client.get(reverse("petitioners:file", args=[row.pk])).content.decode()
    assert "做到了：当成 VIP" in html and "白开水" in html and "跳过这一步" in html
    for position in (1, 2, 3):
        for _twice in range(2):
            answer = post(
                client, "petitioners:move", row.pk, "step", key=f"step-number-{position}", id=position, text=""
            )
            assert answer.status_code == 302
    assert post(client, "petitioners:move", row.pk, "step", key="once-too-many", id=3, text="").status_code == 409
    post(client, "petitioners:move", row.pk, "end_script", key="end-it-now", outcome="occasional", text="")
    assert ScriptRun.objects.get().outcome == "occasional"
    assert "老上访变少上访" in client.get(reverse("petitioners:file", args=[row.pk])).content.decode()


@pytest.mark.proves("S0-17", page="petitioners:desk", service="longzhong.cases.petitioners.services.escalate")
@pytest.mark.proves("S2-06", page="petitioners:desk", service="longzhong.cases.hotline.rules.coaching.coaching")
def test_the_incident_desk(county):
    clerk, head = desk(county), desk(county, "head", "station")
    html = clerk.get(reverse("petitioners:desk")).content.decode()
    assert "大厅一切平静" in html and "先稳住情绪，再找源头" in html and "一上来就念条文" in html
    given = {"unit": county.county.station, "window": "3号窗口", "mood": "furious", "phone": "", "text": "嫌电费多"}
    wrong = post(clerk, "petitioners:escalate", **{**given, "window": ""})
    assert wrong.status_code == 200 and not Incident.objects.exists()
    places = {post(clerk, "petitioners:escalate", **given)["Location"] for _twice in range(2)}
    row = Incident.objects.get()
    assert places == {reverse("petitioners:incident", args=[row.pk])}
    mine = clerk.get(reverse("petitioners:incident", args=[row.pk])).content.decode()
    assert "我来接手" not in mine and "撤回呼叫" in mine and "保证安全，换人换地方" in mine
    assert "我来接手" in head.get(reverse("petitioners:desk")).content.decode()
    assert post(head, "petitioners:move_incident", row.pk, "take", key="take-it-now", desk="1")["Location"] == reverse(
        "petitioners:desk"
    )
    assert (
        post(clerk, "petitioners:move_incident", row.pk, "settle", key="not-my-own", outcome="calmed").status_code
        == 409
    )
    post(head, "petitioners:move_incident", row.pk, "settle", key="settle-it-now", outcome="calmed", text="喝了杯水")
    html = head.get(reverse("petitioners:incident", args=[row.pk])).content.decode()
    assert "客户平复，答应回去等" in html and "喝了杯水" in html and "按时接手" in html


def test_candidates_become_files_or_rest(county):
    kept, client = calls(county, 6), desk(county)
    page = reverse("petitioners:list") + "?state=candidates"
    html = client.get(page).content.decode()
    assert "137****5678" in html and PHONE not in html and not Petitioner.objects.exists()
    assert post(client, "petitioners:decide", kept[-1].pk, "eat", key="eat-eat-eat", reason="x").status_code == 404
    assert post(client, "petitioners:decide", kept[-1].pk, "open", key="no-reason-why", reason="").status_code == 409
    places = {
        post(client, "petitioners:decide", kept[-1].pk, "open", reason="常来问电费")["Location"] for _n in range(2)
    }
    assert places == {reverse("petitioners:file", args=[Petitioner.objects.get().pk])}
    assert "现在没有候选" in client.get(page).content.decode()


def test_resting_a_candidate(county):
    kept, client = calls(county, 6), desk(county)
    answer = post(client, "petitioners:decide", kept[-1].pk, "rest", reason="是物业")
    assert answer["Location"].endswith("?state=candidates")
    assert "现在没有候选" in client.get(answer["Location"]).content.decode()


def test_a_file_by_hand_looks_for_one_first(county):
    old, client = a_file(county), desk(county)
    given = {
        "unit": county.county.station,
        "name": "刘二",
        "phone": PHONE,
        "account": "",
        "place": "御龙湾",
        "reason": "常来大厅",
    }
    html = client.get(reverse("petitioners:new")).content.decode()
    assert "先查有没有档案" in html
    seen = post(client, "petitioners:new", do="match", **given).content.decode()
    assert old.number in seen and "电话相同" in seen and Petitioner.objects.count() == 1
    assert post(client, "petitioners:new", do="save", **given).status_code == 409
    fresh = {**given, "phone": "13799990000"}
    assert "可以建档" in post(client, "petitioners:new", do="match", **fresh).content.decode()
    assert (
        post(client, "petitioners:new", do="save", key="another-key", **{**fresh, "account": "42"}).status_code == 409
    )
    places = {
        post(client, "petitioners:new", do="save", key="third-key-now", **fresh)["Location"] for _twice in range(2)
    }
    assert len(places) == 1 and Petitioner.objects.count() == 2
    assert post(client, "petitioners:new", do="save", **{**fresh, "reason": ""}).status_code == 200


STEPS = [
    ("level", {"level": "friend", "reason": "近来很平和"}),
    ("phone", {"phone": "13700001111"}),
    ("met", {"met_at": "2026-03-01T10:00", "channel": "home", "mood": "excited", "text": "上门聊了聊"}),
    ("close", {"reason": "搬去外地"}),
]


@pytest.mark.parametrize(("verb", "given"), STEPS, ids=[verb for verb, _given in STEPS])
def test_every_step_by_its_form_once(county, verb, given):
    row, client = a_file(county), desk(county)
    wrong = post(client, "petitioners:move", row.pk, verb, key="an-empty-form")
    assert wrong.status_code == 200 and "lz-error" in wrong.content.decode()
    for _twice in range(2):
        assert post(client, "petitioners:move", row.pk, verb, **given).status_code == 302
    assert post(client, "petitioners:move", row.pk, "fly", key="unknown-verb").status_code == 404


def test_detaching_ending_a_phone_merging_and_reopening(county):
    row, client = a_file(county), desk(county, "head", "station")
    other = a_file(county, name="刘二", phone="13711112222", account_id=None, place="御龙湾")
    met = services.NewOccasion(met_at=MORNING, channel="hall", mood="calm")
    seen = services.note_occasion(petitioner_id=row.pk, occasion=met, by=hall(county), at=MORNING)
    post(client, "petitioners:move", row.pk, "detach", key="detach-it-now", id=seen.pk, reason="不是他")
    assert Occasion.objects.get().detached_at == MORNING
    post(client, "petitioners:move", row.pk, "end_phone", key="end-phone-now", id=row.phones.get().pk)
    assert row.phones.get().ended_on == date(2026, 3, 2)
    assert post(client, "petitioners:move", row.pk, "end_phone", key="end-nothing", id="x").status_code == 409
    assert (
        post(
            client, "petitioners:move", other.pk, "merge", key="merge-nowhere", number="CK0", reason="同一人"
        ).status_code
        == 404
    )
    post(client, "petitioners:move", row.pk, "close", key="close-it-now", reason="搬去外地")
    assert row.number in client.get(reverse("petitioners:list") + "?state=closed").content.decode()
    post(client, "petitioners:move", row.pk, "reopen", key="reopen-it-now", reason="又回来了")
    post(client, "petitioners:move", other.pk, "merge", key="merge-it-now", number=row.number.lower(), reason="同一人")
    other.refresh_from_db()
    assert other.merged_into_id == row.pk
    assert row.number in client.get(reverse("petitioners:file", args=[other.pk])).content.decode()


def test_a_value_in_plain_is_asked_for(county):
    row, client = a_file(county), desk(county)
    refused = post(client, "petitioners:reveal", row.pk, field="name", reason="")
    assert refused.status_code == 409 and NAME not in refused.content.decode()
    shown = post(client, "petitioners:reveal", row.pk, field="name", reason="需要当面称呼")
    assert NAME in shown.content.decode() and shown["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("role", "status"), [("desk", 200), ("station", 200), ("quality", 200), ("grid", 403), ("leader", 403)]
)
def test_who_gets_in(county, role, status):
    row, incident = a_file(county), an_incident(county)
    client = desk(county, "head", role)
    for name, args in [("list", []), ("file", [row.pk]), ("desk", []), ("incident", [incident.pk]), ("new", [])]:
        assert client.get(reverse(f"petitioners:{name}", args=args)).status_code == status, name


def test_another_hall_finds_nothing(county):
    row, incident = a_file(county), an_incident(county)
    client = sign_in(county.county, "other", "station", unit=county.county.other_station)
    assert client.get(reverse("petitioners:file", args=[row.pk])).status_code == 404
    assert client.get(reverse("petitioners:incident", args=[incident.pk])).status_code == 404
    assert "没有符合条件的档案" in client.get(reverse("petitioners:list")).content.decode()


def test_fifty_files_cost_few_queries_and_filters_hold(county, django_assert_max_num_queries):
    a_file(county)
    unit = county.county.station
    Petitioner.objects.bulk_create(
        Petitioner(number=f"CK{n:06}", mask="刘*", kept_by_id=unit, opened_at=MORNING, last_at=MORNING)
        for n in range(60)
    )
    client = desk(county)
    client.get(reverse("petitioners:list"))
    with django_assert_max_num_queries(10):
        answer = client.get(reverse("petitioners:list"))
    assert len(answer.context["page"].table.items) == 50
    for asked, total in [
        ({"phone": PHONE}, 1),
        ({"phone": "13700000000"}, 0),
        ({"level": "friend"}, 0),
        ({"number": "CK000003"}, 1),
        ({"unit": "ST"}, 61),
    ]:
        assert client.get(reverse("petitioners:list"), asked).context["page"].table.total == total, asked
    export = client.get(reverse("petitioners:list"), {"export": "list"})
    assert export.status_code == 200 and "spreadsheet" in export["Content-Type"]


def test_a_busy_desk_costs_few_queries(county, django_assert_max_num_queries):
    for n in range(12):
        an_incident(county, window=f"{n}号窗口")
    client = desk(county, "head")
    client.get(reverse("petitioners:desk"))
    with django_assert_max_num_queries(10):
        client.get(reverse("petitioners:desk"))
