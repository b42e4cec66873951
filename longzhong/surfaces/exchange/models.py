"""Runs of imports, the rows that they refused, and how a layout of headers was mapped last time."""

from django.db import models
from django.db.models import F, Q

from longzhong.surfaces.exchange.rules.runs import RunState


class Run(models.Model):
    """One import of one file. The counts keep the promise read = new + changed + unchanged + refused in the database too."""

    recipe = models.CharField(max_length=20)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    source = models.CharField(max_length=10)  # upload | command | inbox
    about = models.CharField(max_length=60, blank=True, default="")  # the matter on whose page the file was brought
    given = models.JSONField(default=dict)  # what that page says of every row: role → its names, the first is kept
    state = models.CharField(
        max_length=8, choices=[(state.value, state.value) for state in RunState], default=RunState.READY
    )
    trial = models.BooleanField(default=False)
    options = models.JSONField(default=dict)  # sheet, mapping as the person chose them
    layout = models.JSONField(default=dict)  # what was found: encoding, delimiter, header, titles, columns
    tally = models.JSONField(default=dict)  # of the last finished dry run
    read = models.BigIntegerField(default=0)
    new = models.BigIntegerField(default=0)
    changed = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    reasons = models.JSONField(default=dict)
    extra = models.JSONField(default=dict)  # what else was written on the way (feeders, sections)
    cursor = models.JSONField(default=dict)  # how far the rows are safely kept
    done_bytes = models.BigIntegerField(default=0)
    problem = models.CharField(max_length=40, blank=True, default="")
    problem_facts = models.JSONField(default=dict)
    by_user_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=80)
    unit_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    settled = models.BooleanField(default=False)  # of the inbox: the file lies in done or refused

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="exchange_no_row_is_lost",
                condition=Q(read=F("new") + F("changed") + F("unchanged") + F("refused")),
            ),
            models.UniqueConstraint(name="exchange_inbox_once", fields=["sha256"], condition=Q(source="inbox")),
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="exchange_run_at"),
            models.Index(fields=["about", "-at"], condition=~Q(about=""), name="exchange_run_about"),
        ]

    def __str__(self) -> str:
        return f"{self.recipe} #{self.pk} {self.state}"


class Row(models.Model):
    """A refused row (or one that was kept with a remark): its line in the file, why, and its cells sealed by the vault."""

    run = models.ForeignKey(
        Run, models.CASCADE, related_name="rows"
    )  # erased with its run: it holds the file's own data
    line = models.BigIntegerField()
    code = models.CharField(max_length=40)
    remark = models.BooleanField(default=False)
    sealed = models.TextField()  # JSON: {"cells": [...], "facts": {...}}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "line", "code", "remark"], name="exchange_row_once")]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.line} {self.code}"


class Mapping(models.Model):
    """The columns that a person chose for a layout of headers, offered again next time in their unit."""

    unit_id = models.BigIntegerField()
    recipe = models.CharField(max_length=20)
    fingerprint = models.CharField(max_length=32)
    chosen = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit_id", "recipe", "fingerprint"], name="exchange_mapping_once")
        ]

    def __str__(self) -> str:
        return f"{self.recipe} {self.fingerprint[:8]}"
