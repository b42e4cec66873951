"""Templates and providers: checked before they are kept, in editions, secrets sealed."""

import pytest

from longzhong.dispatch.notifications import selectors, services
from longzhong.dispatch.notifications.models import Template
from longzhong.dispatch.notifications.rules import Channel, Kind, Text
from longzhong.kit.errors import Refused
from tests.dispatch.make import SYSTEM, County
from tests.dispatch.notifications import make
from tests.dispatch.notifications.make import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates")]


def test_templates_are_checked_and_kept_in_editions(county: County) -> None:
    make.a_template()
    assert Template.objects.count() == 1, "an equal edition changes nothing"
    make.a_template(title="计划检修停电")
    assert list(Template.objects.order_by("edition").values_list("edition", "current")) == [(1, False), (2, True)]
    for code, changes in {
        "template_code": {"code": "停电"}, "template_empty": {"texts": {}}, "template_signature": {"signature": ""},
        "template_retention": {"retention_days": 0}, "template_variables": {"variables": make.VARIABLES * 2},
        "template_text": {"texts": {Channel.SMS: Text("{nothing}")}},
    }.items():  # fmt: skip
        with pytest.raises(Refused, match=code):
            make.a_template(**changes)
    with pytest.raises(Refused, match="not_allowed"):
        services.retire_template(code="planned", by=county.zhang, at=NOON)
    services.retire_template(code="planned", by=SYSTEM, at=NOON)
    with pytest.raises(Refused, match="template_unknown"):
        services.retire_template(code="planned", by=SYSTEM, at=NOON)


def test_providers_are_checked_and_keep_their_secrets(county: County) -> None:
    make.a_provider(secrets={"key": "tong", "secret": "mima-2026"})
    pk = make.a_provider(name="短信甲")
    row = services.sending.Provider.objects.get(pk=pk)
    assert "mima-2026" not in str(row.__dict__)
    assert services.providers.config_of(row).secrets == {"key": "tong", "secret": "mima-2026"}
    for code, changes in {
        "provider_kind": {"kind": Kind.PORTAL}, "provider_numbers": {"rate_per_s": 0}, "provider_lease": {"lease_s": 1},
        "provider_setting": {"settings": {"url": "http://127.0.0.1"}},
    }.items():  # fmt: skip
        with pytest.raises(Refused, match=code):
            make.a_provider(**changes)
    with pytest.raises(Refused, match="provider_setting"):
        make.a_provider(settings={"url": "http://127.0.0.1", "fields": "nonsense"})
    with pytest.raises(Refused, match="provider_unknown"):
        services.switch_provider(code="nothing", enabled=True, by=SYSTEM, at=NOON)
    with pytest.raises(Refused, match="not_allowed"):
        services.switch_provider(code="sms-a", enabled=False, by=county.head, at=NOON)
    services.switch_provider(code="sms-a", enabled=False, by=SYSTEM, at=NOON)
    assert selectors.open_channels() == frozenset()
