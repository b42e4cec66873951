"""What the list of files needs beside its rows: where each person lives now, and finding one by a whole phone."""

from typing import Any

from django.db.models import QuerySet

from longzhong.cases.petitioners.models import Petitioner, Residence
from longzhong.register.customers import selectors as customers


def with_homes(rows: list[Petitioner]) -> list[Any]:
    """The rows with `home`, in one query for any number."""
    homes = dict(Residence.objects.filter(petitioner__in=rows, to_on=None).values_list("petitioner_id", "place"))
    for row in rows:
        row.home = homes.get(row.pk, "")  # type: ignore[attr-defined]
    return rows


def with_phone(rows: QuerySet[Petitioner], text: str) -> QuerySet[Petitioner]:
    """The rows known by this phone now; by its keyed index only."""
    index = customers.phone_index(text)
    return rows.filter(phones__phone_index=index, phones__ended_on=None)


def file_numbered(rows: QuerySet[Petitioner], number: str) -> int | None:
    """The id of the file with this number among these rows."""
    return rows.filter(number=number.strip().upper()).values_list("id", flat=True).first()
