"""How fast a provider may be called: one token bucket a provider, shared by all workers through its row.

A bucket holds at most a second's worth. A sender waits until half a second's worth is there, so that a slow provider isn't
asked for one message at a time.
"""


def refilled(tokens: float, passed_s: float, rate: float) -> float:
    """Tokens after `passed_s` seconds at `rate` messages a second; never more than a second's worth (at least one)."""
    return min(max(1.0, rate), tokens + max(0.0, passed_s) * rate)


def allowed(tokens: float, rate: float, batch: int) -> int:
    """How many messages may be taken now; 0: wait."""
    enough = min(float(batch), max(1.0, rate / 2))
    return min(batch, int(tokens)) if tokens >= enough else 0


def pause_s(failures: int) -> float:
    """How long a provider rests after so many failed calls in a row: nothing for the first two, then 15 s doubling to 10 min."""
    return 0.0 if failures < 3 else min(600.0, 15.0 * 2.0 ** (failures - 3))


def backoff_s(attempts: int) -> float:
    """How long a message rests after the provider asked to try again."""
    return min(300.0, 2.0 * 3.0 ** max(0, attempts - 1))
