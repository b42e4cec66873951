"""A state machine is a table of moves that pages, API, tests and drawings all read."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from longzhong.kit.errors import Refused

MACHINES: dict[str, "Machine"] = {}


@dataclass(frozen=True)
class Move:
    """One row: who may take which step from where to where, and which facts the step needs.

    `needs` names the form fields of the step; `label` is the Chinese word on its button.
    """

    verb: str
    sources: tuple[StrEnum, ...]
    target: StrEnum
    roles: tuple[str, ...]
    needs: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True)
class Machine:
    """A named table; registers itself for `docs/states.md`."""

    name: str
    states: type[StrEnum]
    moves: tuple[Move, ...]

    def __post_init__(self) -> None:
        MACHINES[self.name] = self

    def move(self, verb: str, state: str) -> Move:
        """The row for a verb in a state, or the refusal `wrong_state`."""
        for row in self.moves:
            if row.verb == verb and state in row.sources:
                return row
        raise Refused(
            "wrong_state", f"现在的状态（{state}）不能{self.label(verb)}；什么都没有改动。", verb=verb, state=state
        )

    def moves_from(self, state: str, roles: Collection[str] | None = None) -> tuple[Move, ...]:
        """The rows open in a state, to these roles (None: to anybody)."""
        return tuple(
            row for row in self.moves if state in row.sources and (roles is None or set(roles) & set(row.roles))
        )

    def label(self, verb: str) -> str:
        """The word on the button of a verb."""
        return next((row.label for row in self.moves if row.verb == verb and row.label), verb)

    def drawing(self) -> str:
        """The table as a Mermaid state diagram, in the table's order."""
        lines = ["stateDiagram-v2"]
        for row in self.moves:
            lines += [f"    {source.value} --> {row.target.value}: {row.verb}" for source in row.sources]
        return "\n".join(lines)
