"""What the present state of the customer's case means for its complaint: facts come late, twice, in any order. Pure.

Closed by the call-back: closed. Handled again after the answer (dissatisfied, reopened, withdrawn under pressure): it comes back.
With whoever was asked first again (the order was declined on its own page): to be dispatched again. Void: void.
A case that ended by a final answer (最终答复) doesn't end the investigation: a verdict is still owed.
"""

from longzhong.cases.complaints.rules.machine import DONE, State
from longzhong.cases.hotline.rules.machine import State as Case

_GIVEN = frozenset({State.DISPATCHED, State.INVESTIGATING})
_CAME_BACK = frozenset({State.ANSWERED, State.CLOSED, State.WITHDRAWN})
_ENDED = frozenset({Case.CLOSED, Case.FINAL})


def wanted(state: str, case: str) -> str:
    """The verb that brings a complaint to where its case stands; "" where it stands right."""
    if state == State.VOID:
        return ""
    if case == Case.VOID and state not in DONE:
        return "void"
    if state == State.ANSWERED and case in _ENDED:
        return "close"
    if state in _CAME_BACK and case == Case.HANDLING:
        return "come_back"
    return "refuse" if state in _GIVEN and case == Case.TAKEN else ""
