"""What a person gives with a step on a complaint, whatever the door it came through."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Given:
    """Each verb reads what it needs (`Move.needs`).

    dispatch: grade, unit_id, department_id, handler_id; `summary`: a confidential matter retold without the customer's words.
    hide: summary; reason (how the customer asked for secrecy), where it isn't secret yet.
    name: about_id, whom the complaint is about; reason (how that is known).
    contact: result (reached, no_answer, busy, wrong_number, none), reason (why not, what was said), wish (called at odd hours).
    find: evidence (rules.Evidence), reason (the words); its files are the step's uploads. reply: facts, verdict, responsibility,
    root_cause, measures. pass: analysis, measures. decide: verdict, responsibility, root_cause, violations, basis. answer: answer.
    """

    grade: str = ""
    unit_id: int | None = None
    department_id: int | None = None
    handler_id: int | None = None
    about_id: int | None = None
    summary: str = ""
    reason: str = ""
    result: str = ""
    wish: str = ""
    evidence: str = ""
    facts: str = ""
    verdict: str = ""
    responsibility: str = ""
    root_cause: str = ""
    violations: tuple[str, ...] = ()
    measures: str = ""
    analysis: str = ""
    basis: str = ""
    answer: str = ""
