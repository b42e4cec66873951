"""The journal only grows, and shows when somebody changed it behind our back."""

from datetime import UTC, datetime

import pytest

from longzhong.kit import journal
from longzhong.kit.actor import Actor
from longzhong.kit.models import JournalEntry
from longzhong.register.access.management.journal import main as check_journal

AT = datetime(2026, 3, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_a_changed_entry_and_a_removed_one_break_the_chain() -> None:
    for number in range(4):
        journal.record(Actor.machine("test"), "look", f"thing:{number}", at=AT, reason="因为要看", number=number)
    assert list(journal.broken_entries()) == []
    assert check_journal([]) == 0
    ids = list(JournalEntry.objects.order_by("id").values_list("id", flat=True))
    JournalEntry.objects.filter(pk=ids[1]).update(reason="别的理由")
    assert list(journal.broken_entries()) == [ids[1]]
    assert check_journal([]) == 1
    JournalEntry.objects.filter(pk=ids[1]).delete()
    assert list(journal.broken_entries()) == [ids[2]]
