"""What may be done with alerts: sight, follow the order, prove by data, dismiss."""

from longzhong.cases.alerts.services.following import follow_order
from longzhong.cases.alerts.services.persons import dismiss
from longzhong.cases.alerts.services.proving import prove_day
from longzhong.cases.alerts.services.raising import raise_alert

__all__ = ["dismiss", "follow_order", "prove_day", "raise_alert"]
