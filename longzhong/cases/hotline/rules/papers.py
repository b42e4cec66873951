"""One document is enough to begin (一证受理), the rest is brought later; the form is printed, not written (免填单, S4-34).

An application is accepted with the identity or the property document and a signed commitment (承诺书). What is deferred is told
once and completely (一次性告知, S4-33), due by the time that the work needs it. REFERENCE §2.7 (F, F2); the list is ours.
"""

from collections.abc import Iterable
from dataclasses import dataclass

DOCUMENTS = {
    "identity": "身份证明",
    "property": "房屋产权或使用证明",
    "licence": "营业执照或组织证明",
    "authority": "授权委托书及经办人证明",
    "load": "用电设备清单",
    "account": "缴费账户资料",
}
SHOWN = ("identity", "property")


@dataclass(frozen=True)
class Papers:
    """What an application was accepted with, what may be brought later, and what was brought."""

    shown: str
    deferred: tuple[str, ...]
    brought: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(one for one in self.deferred if one not in self.brought)


def papers_of(steps: Iterable[tuple[str, dict[str, object]]]) -> Papers | None:
    """From (verb, data) of a timeline, oldest first; None for a case that wasn't accepted with one document."""
    shown = ""
    deferred: tuple[str, ...] = ()
    brought: tuple[str, ...] = ()
    for verb, data in steps:
        if verb == "accept_one":
            shown, deferred = str(data["shown"]), tuple(data["deferred"])  # type: ignore[arg-type]
        elif verb == "bring_paper":
            brought = (*brought, str(data["paper"]))
    return Papers(shown, deferred, brought) if shown else None
