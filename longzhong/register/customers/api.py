"""Read-only: accounts, masked."""

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from longzhong.kit import web
from longzhong.kit.actor import need
from longzhong.register.customers import selectors
from longzhong.register.customers.rules.accounts import READERS
from longzhong.register.customers.selectors import Card

router = Router(tags=["customers"])


class AccountOut(Schema):
    """An account, masked as on the pages."""

    id: int
    code: str
    name: str
    place: str
    phone: str
    kind: str
    state: str
    unit_id: int
    unit: str
    area_id: int | None
    area: str
    priorities: list[str]
    tags: list[str]
    tier: int | None
    own: bool


class Asked(Schema):
    q: str = Field("", max_length=80)
    limit: int = Field(50, ge=1, le=200)
    offset: int = Field(0, ge=0, le=1_000_000)


@router.get("accounts", response=list[AccountOut])
def accounts(request: HttpRequest, asked: Query[Asked]) -> list[Card]:
    """Accounts that one may see; `q` is a 户号, phone, meter, place, name, or a bit of each."""
    who = web.actor(request)
    need(who, *READERS)
    rows = selectors.matching(who, asked.q) if asked.q else selectors.account_rows(who)
    return selectors.cards_of(who, rows[asked.offset : asked.offset + asked.limit])
