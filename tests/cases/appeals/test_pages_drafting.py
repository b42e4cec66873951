"""What a draft's page calls for next: the seals, then the scan, then the submission; each button in the card that it fills."""

import re

import pytest
from django.test import Client

from longzhong.kit import clock, outbox
from tests.cases.appeals.make import after, bench, drafted, ready, sitting
from tests.cases.complaints.make import client, upheld
from tests.cases.hotline.make import Hotline

pytestmark = pytest.mark.django_db


def tone(page: str, verb: str) -> str:
    """How the button of a step looks; empty where there is none."""
    found = re.search(rf'class="btn btn-(\w+)" data-open="\w+-{verb}"', page)
    return found[1] if found else ""


def page(who: Client, url: str) -> str:
    return who.get(url).content.decode()


def test_a_bare_draft_calls_for_its_seals(hotline: Hotline) -> None:
    row = drafted(hotline, upheld(hotline))
    with clock.frozen(row.drafted_at):
        shown = page(hotline.client("head", "station"), f"/appeals/{row.pk}/")
    assert "提交前还差：责任单位盖章、专业部门盖章、县公司（优服办）盖章、盖章扫描件" in shown
    assert [tone(shown, verb) for verb in ("seal", "attach_scan", "submit")] == ["primary", "secondary", "secondary"]
    assert "<dt>申诉截止</dt><dd>2026-03-09 24:00" in shown


def test_a_whole_draft_calls_for_its_submission(hotline: Hotline) -> None:
    row = ready(hotline, upheld(hotline))
    with clock.frozen(row.drafted_at):
        shown = page(hotline.client("head", "station"), f"/appeals/{row.pk}/")
    assert "提交前还差" not in shown
    assert (tone(shown, "submit"), tone(shown, "seal")) == ("primary", "secondary")


def test_a_members_vote_is_what_their_page_is_for(hotline: Hotline) -> None:
    complaint = upheld(hotline)
    row = sitting(hotline, complaint)
    outbox.deliver_all()
    with clock.frozen(after(complaint)):
        shown = page(client(hotline, "mark2", "dept"), f"/appeals/{row.pk}/panel/")
    assert bench(hotline) and tone(shown, "vote") == "primary"


def test_the_board_shows_deadlines_of_what_runs_and_results_of_what_was_judged(hotline: Hotline) -> None:
    sitting(hotline, upheld(hotline))
    office = hotline.client("office", "quality")
    heads = {
        tab: re.findall(r"评审时限|改判", page(office, f"/appeals/?tab={tab}&unit=nowhere"))
        for tab in ("live", "judged")
    }
    shown = page(office, "/appeals/?tab=live")
    assert "评审时限" in shown and "原核定 属实 营销责任" in shown and ">改判<" not in shown
    assert heads["live"] == heads["judged"] == []
