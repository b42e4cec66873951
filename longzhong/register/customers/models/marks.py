"""What is known about an account beyond its contract: tags, dated priority, and the tier that risk computes."""

from typing import ClassVar

from django.db import models

from longzhong.kit.dated import Dated, no_overlap
from longzhong.register.customers.models.accounts import Account
from longzhong.register.customers.rules.priority import BASIS_WORDS, GRADES, GROUP_WORDS, words_of


class Tag(models.Model):
    """A short word of the trade on an account; never personal data."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="tags")
    tag = models.CharField(max_length=20)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "tag"], name="customers_tag_once")]
        indexes: ClassVar = [models.Index(fields=["tag"], name="customers_tag_tag")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.tag}"


class Priority(Dated):
    """An account is important, sensitive or that of a special group on these days. The note may tell of health:
    sealed.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="priorities")
    group = models.CharField(max_length=10, choices=[(k.value, v) for k, v in GROUP_WORDS.items()])
    grade = models.CharField(max_length=16, choices=[(k.value, words_of(k)) for k in GRADES])
    basis = models.CharField(max_length=10, choices=[(k.value, v) for k, v in BASIS_WORDS.items()])
    note_sealed = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "grade"], condition=models.Q(to_on__isnull=True), name="customers_priority_once"
            ),
            no_overlap("customers_priority_a_day", "account", condition=models.Q(group="important")),
        ]
        indexes: ClassVar = [models.Index(fields=["grade"], name="customers_priority_grade")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.grade} from {self.from_on}"


class Standing(models.Model):
    """The tier that risk computed for an account, as plain data for those below it."""

    account = models.OneToOneField(Account, models.PROTECT, related_name="standing")
    tier = models.PositiveSmallIntegerField()
    set_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["tier"], name="customers_standing_tier")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.tier}"
