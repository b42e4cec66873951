"""Whose file is it? Suggestions by identity, phone, account and name, with the reason of each."""

from collections.abc import Iterable
from dataclasses import dataclass

from longzhong.cases.petitioners.models import Petitioner, PetitionerPhone, Residence
from longzhong.cases.petitioners.rules import BY_WORDS, LEVEL_LABELS, MATCH_POINTS, READERS, FileState, Level, MatchBy
from longzhong.cases.petitioners.selectors.door import visible_to
from longzhong.kit import vault
from longzhong.kit.actor import Actor, need
from longzhong.register.customers import selectors as customers


@dataclass(frozen=True, repr=False)
class Whom:
    """What is known of somebody; every field may be empty. `name` and `phone` are plain and never kept."""

    phone_index: str = ""
    person_id: int | None = None
    account_id: int | None = None
    name: str = ""
    phone: str = ""

    @property
    def index(self) -> str:
        """The phone's keyed index, from whichever way it was told."""
        return self.phone_index or (customers.phone_index(self.phone) if self.phone else "")


@dataclass(frozen=True)
class Match:
    """A file that may be this person's. `mine`: the actor may open it; else `keeper` says which hall to ask."""

    petitioner_id: int
    number: str
    mask: str
    level: str
    keeper: str
    points: int
    reasons: tuple[str, ...]
    mine: bool


def match_person(actor: Actor, whom: Whom, *, most: int = 5) -> list[Match]:
    """Open files that may belong to somebody, the surest first, wherever they are kept: a mover's file lies with the last hall.

    Outside of one's own hall only mask, level and keeper are told.
    """
    need(actor, *READERS)
    found = files_of(whom, names=True)
    rows = {row.pk: row for row in Petitioner.objects.filter(pk__in=found).select_related("kept_by")}
    mine = set(visible_to(actor).filter(pk__in=found).values_list("id", flat=True))
    matches = [
        Match(
            petitioner_id=pk, number=str(rows[pk]), mask=rows[pk].mask, level=LEVEL_LABELS[Level(rows[pk].level)],
            keeper=str(rows[pk].kept_by), points=sum(MATCH_POINTS[by] for by in ways),
            reasons=tuple(BY_WORDS[by] for by in ways), mine=pk in mine,
        )
        for pk, ways in found.items()
    ]  # fmt: skip
    return sorted(matches, key=lambda one: (-one.points, one.petitioner_id))[:most]


def files_of(whom: Whom, *, names: bool = False) -> dict[int, tuple[MatchBy, ...]]:
    """Open files by every way they match, the surest way first; for the house itself, which shows nobody."""
    ways: dict[int, list[MatchBy]] = {}
    live = Petitioner.objects.filter(state=FileState.OPEN)
    if whom.person_id is not None:
        _add(ways, MatchBy.PERSON, live.filter(person=whom.person_id).values_list("id", flat=True))
    if index := whom.index:
        phones = PetitionerPhone.objects.filter(phone_index=index, ended_on=None, petitioner__state=FileState.OPEN)
        _add(ways, MatchBy.PHONE, phones.values_list("petitioner_id", flat=True))
    if whom.account_id is not None:
        homes = Residence.objects.filter(account=whom.account_id, to_on=None, petitioner__state=FileState.OPEN)
        _add(ways, MatchBy.ACCOUNT, homes.values_list("petitioner_id", flat=True))
    if names and whom.name.strip():
        index = vault.index(whom.name, "name")
        _add(ways, MatchBy.NAME, live.filter(name_index=index).values_list("id", flat=True))
    return {pk: tuple(found) for pk, found in ways.items()}


def _add(ways: dict[int, list[MatchBy]], by: MatchBy, ids: Iterable[int]) -> None:
    for pk in sorted(set(ids)):
        ways.setdefault(pk, []).append(by)
