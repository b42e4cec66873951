"""What must agree across files: facts and reactions, refusals and tests, drawings and tables, apps and READMEs."""

import re
from functools import cache

import pytest

from longzhong.kit.events import FACTS, REACTIONS
from longzhong.kit.machine import MACHINES
from tests.house.plan import ROOT, apps


def test_every_fact_has_a_reaction() -> None:
    deaf = [name for name, kind in FACTS.items() if kind.__module__.startswith("longzhong.") and not REACTIONS[kind]]
    assert not deaf, f"nobody hears {deaf}: a fact without a reaction is not told"


def refusal_codes() -> set[str]:
    found = re.compile(r"\bRefused\(\s*\"(\w+)\"")
    return {code for path in (ROOT / "longzhong").rglob("*.py") for code in found.findall(path.read_text())}


@cache
def words_of_tests() -> frozenset[str]:
    return frozenset(word for path in (ROOT / "tests").rglob("*.py") for word in re.findall(r"\w+", path.read_text()))


@pytest.mark.parametrize("code", sorted(refusal_codes()))
def test_every_refusal_code_is_tested(code: str) -> None:
    assert code in words_of_tests(), f"no test provokes the refusal {code}"


@pytest.mark.parametrize("app", apps(), ids=lambda path: path.name)
def test_every_app_has_a_readme(app: object) -> None:
    readme = ROOT / str(app) / "README.md"
    assert readme.exists(), "what it owns, its words, its drawing, its facts"
    assert 5 <= len(readme.read_text().splitlines()) <= 60


@pytest.mark.parametrize("name", sorted(MACHINES))
def test_a_readme_draws_its_machine_as_the_table_says(name: str) -> None:
    drawing = MACHINES[name].drawing()
    assert any(drawing in readme.read_text() for readme in (ROOT / "longzhong").rglob("README.md")), (
        f"the drawing of {name} in its app's README must be:\n```mermaid\n{drawing}\n```"
    )
