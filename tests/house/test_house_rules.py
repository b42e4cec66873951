"""One rule of the house each; the message says what to do instead."""

import ast
import re
from collections.abc import Callable, Iterator

import pytest

from tests.house.plan import EDGES, Room, calls, functions, rooms

CLOCKS = re.compile(
    r"^(datetime\.(datetime\.)?(now|utcnow|today)|(datetime\.)?date\.today|timezone\.(now|localdate|localtime)|time\.time)$"
)
SIGNALS = {"post_save", "pre_save", "post_delete", "pre_delete", "m2m_changed", "receiver", "Signal"}
PRIVATE = {"name", "phone", "address", "room", "id_number", "caller", "customer", "contact", "mobile", "password"}
DOORS = {"services", "selectors", "events", "rules"}
LONG_FILE, LONG_FUNCTION, LONG_EDGE, MANY_KEYWORDS = 300, 40, 25, 7

Rule = Callable[[Room], Iterator[str]]


def file_is_short(room: Room) -> Iterator[str]:
    if room.lines > LONG_FILE:
        yield f"{room.lines} lines: split services by verb group, models by noun, rules by question"


def functions_are_short(room: Room) -> Iterator[str]:
    limit = LONG_EDGE if room.role in EDGES and room.role != "management" else LONG_FUNCTION
    for node in functions(room):
        long = (node.end_lineno or node.lineno) - node.lineno + 1
        if long > limit:
            yield f"{node.name}: {long} lines (at most {limit}): give its steps names"


def arguments_are_few(room: Room) -> Iterator[str]:
    for node in functions(room):
        keywords = {argument.arg for argument in node.args.kwonlyargs} - {"by", "at"}
        if len(keywords) > MANY_KEYWORDS:
            yield f"{node.name}: more than {MANY_KEYWORDS} keyword arguments (by and at apart): a frozen dataclass holds them"


def edges_call_services_and_selectors(room: Room) -> Iterator[str]:
    if room.app and room.role in EDGES:
        for node in ast.walk(room.tree):
            if isinstance(node, ast.Attribute) and node.attr == "objects":
                yield f"line {node.lineno}: an edge doesn't touch .objects; ask a selector or call a service"


def one_clock(room: Room) -> Iterator[str]:
    if room.name == "longzhong/kit/clock.py":
        return
    for node, name in calls(room):
        if CLOCKS.match(name):
            yield f"line {node.lineno}: {name}(): take `at` from the caller, or kit.clock at an edge"


def no_django_signals(room: Room) -> Iterator[str]:
    for node in ast.walk(room.tree):
        if (
            isinstance(node, ast.ImportFrom)
            and (node.module or "").startswith("django.")
            and SIGNALS & {a.name for a in node.names}
        ):
            yield f"line {node.lineno}: a Django signal: tell a fact instead"


def imports_stand_on_top(room: Room) -> Iterator[str]:
    for function in functions(room):
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield f"line {node.lineno}: import inside {function.name}: put it on top, or mend the circle"


def apps_enter_by_doors(room: Room) -> Iterator[str]:
    for node in ast.walk(room.tree):
        if not (room.app and isinstance(node, ast.ImportFrom) and node.module):
            continue
        parts = node.module.split(".")
        if (
            parts[0] != "longzhong"
            or len(parts) < 3
            or ".".join(parts[1:3]) == room.app
            or parts[1] in {"kit", "project"}
        ):
            continue
        rooms_entered = {parts[3]} if len(parts) > 3 else {alias.name for alias in node.names}
        if not rooms_entered <= DOORS:
            yield f"line {node.lineno}: {node.module}: another app's doors are {', '.join(sorted(DOORS))}"


def services_take_keywords(room: Room) -> Iterator[str]:
    """What acts for somebody (`by`) and can be called from outside takes keywords only."""
    if room.role != "services" or not room.app:
        return
    for node in room.tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and _acts(node) and node.args.args:
            yield f"{node.name}: a service takes keywords only: def {node.name}(*, …, by, at)"


def _acts(node: ast.FunctionDef) -> bool:
    return any(argument.arg == "by" for argument in (*node.args.args, *node.args.kwonlyargs))


def saves_name_their_fields(room: Room) -> Iterator[str]:
    for node, name in calls(room):
        if (
            room.role == "services"
            and name.endswith(".save")
            and not any(k.arg == "update_fields" for k in node.keywords)
        ):
            yield f"line {node.lineno}: save(update_fields=[…]) keeps two people from undoing each other"


def models_have_no_verbs(room: Room) -> Iterator[str]:
    if room.role != "models" or not room.app:
        return
    for node in functions(room):
        if node.name in {"save", "delete", "clean"}:
            yield f"{node.name}: models hold fields and constraints; verbs are services"


def logs_hold_no_personal_data(room: Room) -> Iterator[str]:
    for node, name in calls(room):
        if name.startswith("log.") and (bad := PRIVATE & {keyword.arg for keyword in node.keywords}):
            yield f"line {node.lineno}: {sorted(bad)} in a log: log the id"


RULES: tuple[Rule, ...] = (
    file_is_short,
    functions_are_short,
    arguments_are_few,
    edges_call_services_and_selectors,
    one_clock,
    no_django_signals,
    imports_stand_on_top,
    apps_enter_by_doors,
    services_take_keywords,
    saves_name_their_fields,
    models_have_no_verbs,
    logs_hold_no_personal_data,
)

# What may break a rule, each with its reason. This list only shrinks.
EXCEPTIONS: dict[tuple[str, str], str] = {}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_house_rule(rule: Rule) -> None:
    broken = [
        f"{room.name}: {problem}"
        for room in rooms()
        if (rule.__name__, room.name) not in EXCEPTIONS
        for problem in rule(room)
    ]
    assert not broken, "\n" + "\n".join(broken)


def test_every_exception_is_still_needed() -> None:
    by_name = {rule.__name__: rule for rule in RULES}
    at = {room.name: room for room in rooms()}
    idle = [key for key in EXCEPTIONS if key[1] not in at or not list(by_name[key[0]](at[key[1]]))]
    assert not idle, f"take these exceptions off the list: {idle}"
