"""The hotline's rows: calls, cases and who stands behind them, what was promised, whom we called, what hangs together."""

from longzhong.cases.hotline.models.calls import Call
from longzhong.cases.hotline.models.cases import Case
from longzhong.cases.hotline.models.parties import CaseParty
from longzhong.cases.hotline.models.talks import CallBack, ContactTry, Promise
from longzhong.cases.hotline.models.ties import Link, Oversight, Urge

__all__ = ["Call", "CallBack", "Case", "CaseParty", "ContactTry", "Link", "Oversight", "Promise", "Urge"]
