"""The roof knows every room: each app's pages under its own address."""

from django.urls import URLPattern, URLResolver, include, path

from longzhong.project.api import api
from longzhong.project.pages.outbox import outbox_page, outbox_retry
from longzhong.project.pages.start import start

REGISTER = "longzhong.register"
DISPATCH = "longzhong.dispatch"
SURFACES = "longzhong.surfaces"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"{SURFACES}.cockpit.pages")),
    path("alerts/", include("longzhong.cases.alerts.pages")),
    path("calls/", include("longzhong.cases.hotline.pages")),
    path("finals/", include("longzhong.cases.finals.pages")),
    path("nearmisses/", include("longzhong.cases.nearmisses.pages")),
    path("petitioners/", include("longzhong.cases.petitioners.pages")),
    path("explanations/", include("longzhong.cases.explanations.pages")),
    path("", include(f"{DISPATCH}.matters.pages")),
    path("orders/", include(f"{DISPATCH}.workorders.pages")),
    path("field/", include(f"{SURFACES}.field.pages")),
    path("", include("longzhong.sensing.curves.pages")),
    path("outages/", include("longzhong.sensing.outages.pages")),
    path("texts/", include("longzhong.sensing.texts.pages")),
    path("", include(f"{REGISTER}.network.pages")),
    path("accounts/", include(f"{REGISTER}.customers.pages")),
    path("", include(f"{REGISTER}.org.pages")),
    path("categories/", include(f"{REGISTER}.categories.pages")),
    path("policies/", include(f"{REGISTER}.policies.pages")),
    path("", include(f"{REGISTER}.access.pages")),
    path("indicators/", include("longzhong.assessment.indicators.pages")),
    path("bulletins/", include("longzhong.assessment.bulletins.pages")),
    path("import/", include(f"{SURFACES}.exchange.pages")),
    path("simulation/", include(f"{SURFACES}.simulation.pages")),
    path("notices/", include("longzhong.dispatch.notifications.pages")),
    path("troubles/", include("longzhong.sensing.troubles.pages")),
    path("restorations/", include("longzhong.sensing.restorations.pages")),
    path("crews/", include("longzhong.dispatch.crews.pages")),
    path("disconnections/", include("longzhong.cases.disconnections.pages")),
    path("reliability/", include("longzhong.assessment.reliability.pages")),
    path("p/", include("longzhong.surfaces.portal.pages")),
    path("announcements/", include("longzhong.sensing.announcements.pages")),
    path("complaints/", include("longzhong.cases.complaints.pages")),
    path("appeals/", include("longzhong.cases.appeals.pages")),
    path("rectifications/", include("longzhong.cases.rectifications.pages")),
    path("analyses/", include("longzhong.cases.analyses.pages")),
    path("lessons/", include("longzhong.cases.lessons.pages")),
    path("campaigns/", include("longzhong.cases.campaigns.pages")),
    path("filings/", include("longzhong.cases.filings.pages")),
    path("media/", include("longzhong.cases.media.pages")),
    path("transfers/", include("longzhong.cases.transfers.pages")),
    path("closures/", include("longzhong.cases.closures.pages")),
    path("ledgers/", include("longzhong.assessment.ledgers.pages")),
    path("start/", start, name="start"),
    path("system/outbox/", outbox_page, name="outbox"),
    path("system/outbox/retry/", outbox_retry, name="outbox_retry"),
    path("api/", api.urls),
]
