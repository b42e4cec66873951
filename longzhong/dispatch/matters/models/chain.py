"""Steps of matters in hash chains, their erasable parts beside, and the daily anchors of all heads.

A trigger in the migration refuses UPDATE and DELETE of Step, Anchor and AnchorHead.
"""

from typing import ClassVar

from django.db import models


class ChainHead(models.Model):
    """The end of one matter's chain; its row lock puts that matter's writers in line."""

    matter = models.CharField(max_length=60, unique=True)
    seq = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    anchored_seq = models.PositiveIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["id"], condition=models.Q(anchored_seq__lt=models.F("seq")), name="matters_head_unanchored"
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter} #{self.seq}"


class Step(models.Model):
    """Who did what when: added, never changed. Codes and ids only; words, names, positions and photos are in StepWords."""

    head = models.ForeignKey(ChainHead, on_delete=models.PROTECT, related_name="steps")
    seq = models.PositiveIntegerField()
    verb = models.CharField(max_length=40)
    user_id = models.BigIntegerField(null=True)
    staff_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    data = models.JSONField(default=dict)
    parts_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["head", "seq"], name="matters_step_seq")]

    def __str__(self) -> str:
        return f"{self.head_id} #{self.seq} {self.verb}"


class StepWords(models.Model):
    """The erasable parts of a step, with their salt."""

    step = models.OneToOneField(Step, on_delete=models.PROTECT, related_name="words")
    salt = models.CharField(max_length=32)
    words = models.JSONField(default=dict)
    files = models.JSONField(default=list)

    class Meta:
        verbose_name_plural = "step words"

    def __str__(self) -> str:
        return f"words of step {self.step_id}"


class Attachment(models.Model):
    """A file of a matter, stored by its content's SHA-256; `lat`/`lon` is the position that the file itself claims."""

    matter = models.CharField(max_length=60)
    step = models.ForeignKey(Step, null=True, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    mime = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    served_sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    taken_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["matter", "id"], name="matters_attachment_matter")]

    def __str__(self) -> str:
        return f"{self.matter} {self.kind} {self.name}"


class Anchor(models.Model):
    """One a day: the heads that moved since the anchor before, under one digest that follows from it."""

    day = models.DateField(unique=True)
    at = models.DateTimeField()
    heads = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.day} {self.digest[:12]}"


class AnchorHead(models.Model):
    """A head as an anchor saw it."""

    anchor = models.ForeignKey(Anchor, on_delete=models.PROTECT, related_name="lines")
    matter = models.CharField(max_length=60)
    seq = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["anchor", "matter"], name="matters_anchor_line")]
        indexes: ClassVar = [models.Index(fields=["matter", "seq"], name="matters_anchor_matter")]

    def __str__(self) -> str:
        return f"{self.matter} #{self.seq} @ {self.anchor_id}"
