"""The demo county's scenes: what make demo shows of outages, crews, arrears and the offices isn't empty, and each page opens."""

from collections.abc import Iterator

import pytest

from longzhong.assessment.bulletins.models import Bulletin
from longzhong.assessment.reliability.models import Guarantee, SeasonItem, Watch
from longzhong.cases.analyses.models import Report
from longzhong.cases.appeals.models import Appeal
from longzhong.cases.campaigns.models import Campaign
from longzhong.cases.closures.models import Closure, Project, ToldAgain
from longzhong.cases.complaints.models import Complaint
from longzhong.cases.disconnections.models import Arrears, Disconnection
from longzhong.cases.explanations.models import Sheet
from longzhong.cases.filings.models import Filing
from longzhong.cases.finals.models import FinalAnswer
from longzhong.cases.hotline.models import Case
from longzhong.cases.lessons.models import Lesson
from longzhong.cases.media.models import Item
from longzhong.cases.petitioners.models import Petitioner
from longzhong.cases.rectifications.models import Form
from longzhong.cases.transfers.models import Transfer
from longzhong.dispatch.crews.models import Access, Crew, CrewShift, Stop
from longzhong.dispatch.matters import selectors as matters
from longzhong.kit import clock
from longzhong.kit.models import Delivery
from longzhong.register.access.models import User
from longzhong.register.access.selectors import actor_of
from longzhong.register.customers.models import Priority
from longzhong.sensing.announcements.models import Errand, Round
from longzhong.sensing.outages.models import Outage
from longzhong.sensing.restorations.models import Estimate, WeatherNote
from longzhong.sensing.troubles.models import Trouble
from longzhong.surfaces.portal.models import Place
from longzhong.surfaces.simulation import services
from tests.register.policies.make import browser
from tests.sample import PROVE

pytestmark = pytest.mark.skipif(not PROVE, reason="93 s: part of make prove")
ORDER = services.Order(seed=3, customers=400, areas=10, days=13)
PAGES = (
    ("station", "/crews/", "当班到"),
    ("station", "/outages/", "估计 "),
    ("station", "/restorations/", "雷暴"),
    ("station", "/troubles/", "疑似"),
    ("station", "/disconnections/", "特殊群体"),
    ("station", "/disconnections/arrears/", "笔数"),
    ("station", "/reliability/", "小时/户"),
    ("station", "/reliability/frequent/", "红色"),
    ("dept", "/reliability/guarantees/", "保电"),
    ("station", "/alerts/", "频繁停电预警"),
    ("quality", "/bulletins/", "已通报"),
    ("quality", "/finals/", "已报备"),
    ("quality", "/petitioners/", "CK"),
    ("desk", "/explanations/", "YD"),
    ("quality", "/complaints/", "待核定"),
    ("quality", "/appeals/", "评审中"),
    ("station", "/rectifications/", "会签中"),
    ("quality", "/campaigns/", "频繁停电专项整治"),
    ("quality", "/ledgers/", "受理"),
    ("dept", "/analyses/", "编写中"),
    ("station", "/lessons/", "停电通知晚到一天"),
    ("station", "/closures/", "口头"),
    ("quality", "/filings/", "雷暴天气报备"),
    ("quality", "/media/", "打雷后"),
    ("station", "/transfers/", "汉江明珠"),
)


@pytest.fixture(autouse=True)
def own_time() -> Iterator[None]:
    yield
    clock.forget()


def silent(_stage: str, _seconds: float) -> None:
    """A building that nobody watches."""


@pytest.mark.django_db
def test_the_scenes_fill_every_page() -> None:
    services.build_county(order=ORDER, say=silent)
    services.advance(days=ORDER.days)
    services.furnish(say=silent, complaints=(2, 1))
    _outages_and_their_estimates()
    _crews_and_places()
    _owing_and_the_guard()
    _the_offices()
    _complaints_on_every_step()
    _dossiers()
    assert not Delivery.objects.exclude(state=Delivery.DONE).exists()
    assert list(matters.broken_links()) == []
    logins = {
        role: browser(actor_of(User.objects.get(login=role), clock.now())) for role in {role for role, *_ in PAGES}
    }
    missing = []
    for role, address, words in PAGES:
        answer = logins[role].get(address)
        if answer.status_code != 200 or words not in answer.content.decode():
            missing.append((role, address, answer.status_code))
    assert missing == []
    services.advance(days=1)  # the county lives on: the storm is over by the evening
    assert not Outage.objects.filter(
        state="running", source__startswith="troubles.", started_at__lt=clock.now()
    ).exists()


def _outages_and_their_estimates() -> None:
    live = Outage.objects.get(source__startswith="troubles.trouble:", state="running")
    assert live.between_for_at == live.expected_end_at is not None, "an estimate was adopted"
    stages = set(Estimate.objects.filter(label=f"outages.outage:{live.pk}").values_list("stage", flat=True))
    assert {"reported", "diagnosed"} <= stages
    assert Case.objects.filter(outage_id=live.pk).count() >= 3, "callers follow the outage"
    assert Trouble.objects.filter(state="open").exists()
    assert WeatherNote.objects.latest("starts_at").kind == "thunder"
    assert Outage.objects.filter(state="restored").count() > 20
    assert Place.objects.filter(live=True).exists()
    assert Watch.objects.filter(level=1, order_id__isnull=False).exists(), "frequent outage, with its prevention order"
    assert SeasonItem.objects.exists()


def _crews_and_places() -> None:
    crew = Crew.objects.first()
    assert crew is not None and crew.skills and crew.members.count() == 2
    assert CrewShift.objects.filter(starts_at__lte=clock.now(), ends_at__gt=clock.now()).count() == Crew.objects.count()
    assert Access.objects.filter(road="foot").exclude(relay_phone="").exists()
    assert Stop.objects.filter(plan__current=True).exists()


def _owing_and_the_guard() -> None:
    assert Arrears.objects.exclude(paid_at=None).count() == 1
    states = dict(Disconnection.objects.values_list("account__priorities__grade", "state"))
    assert states["lone_elder"] == "noticed", "the guard didn't let it through"
    assert Disconnection.objects.filter(state="asked").exists()
    assert Disconnection.objects.filter(state="cancelled").exists()


def _the_offices() -> None:
    assert set(FinalAnswer.objects.values_list("state", flat=True)) == {"filed", "submitted"}
    assert Petitioner.objects.get().level == "occasional"
    assert Sheet.objects.count() == 1
    assert Bulletin.objects.filter(state="issued").count() == 1
    important = Priority.objects.filter(group="important").values("account").distinct().count()
    assert Guarantee.objects.count() == min(important, 2)


def _complaints_on_every_step() -> None:
    states = set(Complaint.objects.values_list("state", flat=True))
    assert states == {
        "accepted", "investigating", "replied", "reviewed", "decided", "answered", "closed", "withdrawn",
    }  # fmt: skip
    behind = Complaint.objects.filter(state="accepted", case__state__in=("calling", "closed"))
    assert not behind.exists(), "the telephones' hands leave a governed case to governance"
    assert (
        Complaint.objects.filter(secrecy="confidential", about_staff__isnull=False).exclude(summary_sealed="").exists()
    )
    assert {"sitting", "allowed", "refused"} <= set(Appeal.objects.values_list("state", flat=True))
    assert Complaint.objects.filter(verdict="upheld", final_verdict="dismissed").exists(), "both ledgers differ"
    assert {"signing", "rectifying", "done", "superseded"} <= set(Form.objects.values_list("state", flat=True))
    assert {"draft", "approved", "dropped"} <= set(Report.objects.values_list("state", flat=True))
    assert sorted(Lesson.objects.values_list("state", flat=True)) == ["published", "published", "review"]
    assert dict(Campaign.objects.values_list("title", "state")) == {
        "频繁停电专项整治": "judged",
        "服务态度专项整治": "running",
    }


def _dossiers() -> None:
    assert Project.objects.get().households.count() == 8
    assert set(Closure.objects.values_list("state", flat=True)) == {"wished", "documents"}
    assert ToldAgain.objects.get().state == "recorded"
    stations = {row["unit"] for row in Filing.objects.values("unit")}
    assert Filing.objects.filter(state="accepted").exists()
    assert len(stations) == 1 or Filing.objects.filter(state="misused").exists()
    assert Item.objects.get().state == "drafted"
    assert Transfer.objects.get().state == "disputed"
    assert Round.objects.filter(tale="plan", notice__isnull=False).exists(), "plans were announced"
    assert Errand.objects.filter(state__in=("posted", "served"), done_at__isnull=False).exists(), "posters hang"
