"""How forms, measures, parts and re-visits are shown: colours and words."""

from datetime import date, datetime

from longzhong.cases.rectifications.models import Form, Revisit, Signature
from longzhong.cases.rectifications.rules import (
    DEPUTY_MARK,
    PROOF_LABELS,
    SIGN_LABELS,
    STATE_LABELS,
    UNSIGNED,
    VISIT_LABELS,
    Proof,
    Sign,
    State,
    Visit,
)
from longzhong.cases.rectifications.selectors import MeasureLine
from longzhong.kit import web
from longzhong.register.org.rules import ROLE_NAMES, Role

TONES: dict[str, web.Tone] = {
    State.DRAFTING: "info",
    State.SIGNING: "soon",
    State.RECTIFYING: "info",
    State.DONE: "soon",
    State.NOT_EFFECTIVE: "late",
    State.CLOSED: "good",
    State.SUPERSEDED: "closed",
}
SIGN_TONES: dict[str, web.Tone] = {
    Sign.LATER: "closed",
    Sign.WAITING: "soon",
    Sign.SIGNED: "good",
    Sign.REFUSED: "late",
    Sign.DROPPED: "closed",
}
VISIT_TONES: dict[str, web.Tone] = {
    Visit.DUE: "soon",
    Visit.KEPT: "good",
    Visit.SLIPPED: "late",
    Visit.DROPPED: "closed",
}


def state_badge(row: Form) -> web.Badge:
    return web.Badge(TONES[row.state], STATE_LABELS[State(row.state)])


def measure_badge(line: MeasureLine, form: Form) -> web.Badge:
    """Nobody works on a measure before the form is signed."""
    if form.state in UNSIGNED and line.row.state == Proof.OPEN:
        return web.Badge("closed", "会签后开始")
    tone: web.Tone = "good" if line.row.state == Proof.PROVED else "late" if line.is_late else "info"
    return web.Badge(tone, PROOF_LABELS[Proof(line.row.state)])


def sign_badge(row: Signature, now: datetime) -> web.Badge:
    late = row.state == Sign.WAITING and row.due_at is not None and row.due_at < now
    return web.Badge("late" if late else SIGN_TONES[row.state], SIGN_LABELS[Sign(row.state)])


def visit_badge(row: Revisit, day: date) -> web.Badge:
    late = row.found == Visit.DUE and row.due_on < day
    return web.Badge("late" if late else VISIT_TONES[row.found], VISIT_LABELS[Visit(row.found)])


def part_words(row: Signature) -> str:
    """ "檀溪供电所 · 供电所长"."""
    return f"{row.unit.short_name or row.unit.name} · {ROLE_NAMES[Role(row.role)]}"


def signer_words(row: Signature) -> str:
    """Who signed, in whose place; before that who is expected."""
    if row.staff is not None:
        return f"{row.staff.name}（{DEPUTY_MARK}{row.for_staff or ''}）" if row.is_deputy else row.staff.name
    expected = row.signer.name if row.signer else "–"
    return f"{expected}（已委托 {row.delegate.name}）" if row.delegate else expected
