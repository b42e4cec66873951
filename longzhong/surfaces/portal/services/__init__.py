"""Writes of the portal. Strangers have no actor: the portal's own machine acts for them, within the limits of `ask`."""

from longzhong.surfaces.portal.services.asking import ask, sweep_asks
from longzhong.surfaces.portal.services.following import answer_done, press
from longzhong.surfaces.portal.services.places import keep_places
from longzhong.surfaces.portal.services.rating import rate
from longzhong.surfaces.portal.services.reporting import report_fault

__all__ = ["answer_done", "ask", "keep_places", "press", "rate", "report_fault", "sweep_asks"]
