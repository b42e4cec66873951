"""Our own rows over the published working calendar."""

from django.db import models


class CalendarDay(models.Model):
    """This day is worked, or not, whatever the published table says."""

    day = models.DateField(unique=True)
    working = models.BooleanField()
    name = models.CharField(max_length=40)
    source = models.CharField(max_length=200)
    reason = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class CalendarYear(models.Model):
    """The State Council's notice for this year has been entered here in full, before the library carries it."""

    year = models.PositiveSmallIntegerField(unique=True)
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return str(self.year)
