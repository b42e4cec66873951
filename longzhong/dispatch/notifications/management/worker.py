"""One sending worker of the bench, a process of its own that is killed in the middle: the same services as the jobs call."""

import sys
import time
from datetime import datetime

from longzhong.dispatch.notifications import services
from longzhong.kit.actor import Actor

SWEEP_S = 2.0
BY = Actor.machine("notifications.bench")


def main(argv: list[str]) -> int:
    """Send and sweep until killed, as if it were always the moment that is given."""
    at, sender, swept = datetime.fromisoformat(argv[0]), services.Sender(), 0.0
    while True:
        if not sender.round(by=BY, at=at):
            time.sleep(0.02)
        if time.monotonic() - swept > SWEEP_S:
            services.settle_uncertain(by=BY, at=at)
            swept = time.monotonic()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
