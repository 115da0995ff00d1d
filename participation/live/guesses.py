"""Guessing join codes costs time, and never that of a hall full of people behind one address.

A range of addresses that brought sixty wrong codes in a minute is slowed down: of the codes that nobody came in with
from there, it may try one a second. A few wait for their turn; whatever it tries more is refused before anybody looks
whether it is right. A code that is tried again has a turn of its own, one a second too: a hall tries one code many times,
and who guesses tries many once. A code that somebody came in with from there is open at once to all who share the address.

Kept in the memory of this process: several processes allow so many times as much, which is still nothing against
900,000 codes.
"""

import ipaddress
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

MOST_WRONG = 60  # in a minute
MINUTE = 60.0
SLOWLY = 1.0  # seconds between two tries of a range that is slowed down
LONGEST = 4.0  # seconds that somebody waits for their turn
MOST_RANGES = 10_000
MOST_CODES = 50  # that one range came in with
MOST_TRIED = 1_000  # codes that are remembered of those it was refused


@dataclass
class _Range:
    wrong: deque[float] = field(default_factory=deque)
    right: OrderedDict[str, None] = field(default_factory=OrderedDict)
    next_try: float = 0.0
    next_again: float = 0.0  # for codes that were tried before
    refused: set[str] = field(default_factory=set)
    turns: dict[str, float] = field(
        default_factory=dict
    )  # when a code's turn is; who try the same one share it


class Guesses:
    """Safe to use from any thread."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._ranges: OrderedDict[str, _Range] = OrderedDict()
        self._lock = threading.Lock()

    def is_free(self, address: str, code: str) -> bool:
        """Whether this code may be looked up at once. Takes nobody's turn."""
        with self._lock:
            known = self._ranges.get(range_of(address))
            return known is None or code in known.right or not self._is_slow(known)

    def turn(self, address: str, code: str) -> float | None:
        """In how many seconds this code may be looked up for this address, mostly 0; None: not at all."""
        with self._lock:
            known, now = self._ranges.get(range_of(address)), self._now()
            if known is None or code in known.right or not self._is_slow(known):
                return 0.0
            known.turns = {each: at for each, at in known.turns.items() if at > now - SLOWLY}
            if code not in known.turns:
                at = self._next_turn(known, code, now)
                if at - now > LONGEST:
                    if len(known.refused) >= MOST_TRIED:
                        known.refused.clear()
                    known.refused.add(code)
                    return None
                known.turns[code] = at
            return max(0.0, known.turns[code] - now)

    def wrong(self, address: str) -> bool:
        """No session has the code that was tried. True when there were many of them from there."""
        with self._lock:
            known = self._range(address)
            if self._is_slow(known):
                return True
            known.wrong.append(self._now())
            known.next_try = self._now() + SLOWLY
            return False

    def right(self, address: str, code: str) -> None:
        """Somebody came in with this code."""
        with self._lock:
            known = self._range(address)
            known.right[code] = None
            while len(known.right) > MOST_CODES:
                known.right.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._ranges.clear()

    def _next_turn(self, known: _Range, code: str, now: float) -> float:
        if code in known.refused and max(now, known.next_again) - now <= LONGEST:
            known.refused.discard(code)
            at = max(now, known.next_again)
            known.next_again = at + SLOWLY
            return at
        at = max(now, known.next_try)
        if at - now <= LONGEST:
            known.next_try = at + SLOWLY
        return at

    def _range(self, address: str) -> _Range:
        place = range_of(address)
        found = self._ranges.setdefault(place, _Range())
        self._ranges.move_to_end(place)
        while len(self._ranges) > MOST_RANGES:
            self._ranges.popitem(last=False)
        return found

    def _is_slow(self, known: _Range) -> bool:
        while known.wrong and known.wrong[0] <= self._now() - MINUTE:
            known.wrong.popleft()
        return len(known.wrong) >= MOST_WRONG


def range_of(address: str) -> str:
    """The addresses of a home or a hall: /24 of IPv4, /64 of IPv6."""
    found = ipaddress.ip_address(address)
    return str(ipaddress.ip_network((found, 24 if found.version == 4 else 64), strict=False))


GUESSES = Guesses()
