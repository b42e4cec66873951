"""The file of a person who comes again and again (老上访, S0-18): it follows the person, not the account."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from longzhong.cases.petitioners.rules import FILE_LABELS, LEVEL_LABELS, FileState, Level
from longzhong.kit.dated import Dated


class Petitioner(models.Model):
    """Sensitive personal data: name and phones are sealed, `mask` is what lists show, free words are the steps' words. No
    decision is made on a file by itself. `kept_by` is the unit whose hall keeps it; it moves with the person. `erased_at`:
    who it was is erased, the counts stay.
    """

    number = models.CharField(max_length=24, null=True, unique=True)
    person = models.ForeignKey("customers.Person", models.PROTECT, null=True, related_name="+")
    name_sealed = models.TextField(blank=True)
    name_index = models.CharField(max_length=64, blank=True)
    mask = models.CharField(max_length=60, blank=True)
    level = models.CharField(
        max_length=12, choices=[(k.value, v) for k, v in LEVEL_LABELS.items()], default=Level.FREQUENT
    )
    state = models.CharField(
        max_length=8, choices=[(k.value, v) for k, v in FILE_LABELS.items()], default=FileState.OPEN
    )
    kept_by = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(person__isnull=False, state="open"), name="petitioners_one_file_a_person"
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False) | ~Q(state="merged"),
                name="petitioners_merged_into_one",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kept_by", "state", "-last_at"], name="petitioners_file_unit"),
            models.Index(fields=["name_index"], condition=~Q(name_index=""), name="petitioners_file_name"),
            models.Index(fields=["state", "last_at"], name="petitioners_file_last"),
        ]

    def __str__(self) -> str:
        return self.number or f"#{self.pk}"


class PetitionerPhone(models.Model):
    """A phone by which the person is known; `ended_on`: given up, and perhaps somebody else's by now."""

    petitioner = models.ForeignKey(Petitioner, models.PROTECT, related_name="phones")
    phone_sealed = models.TextField()
    phone_mask = models.CharField(max_length=24)
    phone_index = models.CharField(max_length=64)
    since_at = models.DateTimeField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["petitioner", "phone_index"], name="petitioners_phone_once")
        ]
        indexes: ClassVar = [models.Index(fields=["phone_index"], name="petitioners_phone")]

    def __str__(self) -> str:
        return f"{self.petitioner_id}"


class Residence(Dated):
    """Where the person lived on these days: an account of ours, or only an estate or village in plain words, never a room."""

    petitioner = models.ForeignKey(Petitioner, models.PROTECT, related_name="residences")
    account = models.ForeignKey("customers.Account", models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="petitioners_residence_span", condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on"))
            ),
            models.UniqueConstraint(
                fields=["petitioner"], condition=Q(to_on__isnull=True), name="petitioners_one_home_now"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account"], condition=Q(account__isnull=False), name="petitioners_residence_account")
        ]

    def __str__(self) -> str:
        return f"{self.petitioner_id}: {self.from_on}"


class Rest(models.Model):
    """A person decided that this caller gets no file; they aren't proposed again before `until_on`."""

    phone_index = models.CharField(max_length=64, unique=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    until_on = models.DateField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.pk} until {self.until_on}"
