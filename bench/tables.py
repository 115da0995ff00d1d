"""What is printed: the figures of every server, and the targets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .figures import median

Figures = Mapping[str, float | None]
Reference = Callable[[Mapping[str, Figures], str], float | None]

# key, heading, digits, factor
COLUMNS = [
    ("join_p95", "join p95 s", 2, 1),
    ("page_p95", "of which page", 2, 1),
    ("join_cpu_ms", "join CPU ms", 1, 1),
    ("ack_p50", "ack p50 ms", 0, 1000),
    ("ack_p95", "p95", 0, 1000),
    ("ack_p99", "p99", 0, 1000),
    ("others_p95", "others p95 ms", 0, 1000),
    ("screen_p95", "projector p95 ms", 0, 1000),
    ("updates", "updates", 0, 1),
    ("frames", "frames", 0, 1),
    ("us_per_frame", "CPU us/frame", 1, 1),
    ("vote_cpu", "vote CPU s", 2, 1),
    ("helpers_cpu", "database CPU s", 2, 1),
    ("kb_each", "KB/person", 1, 1),
    ("lost", "lost", 0, 1),
    ("double", "double", 0, 1),
    ("other_faults", "other faults", 0, 1),
    ("rejoin_p95", "rejoin p95 s", 2, 1),
    ("last_back", "last back s", 2, 1),
    ("rejoin_cpu", "rejoin CPU s", 2, 1),
    ("generator", "generator %", 0, 100),
]
VISITS = [
    ("visit_p95", "first visit p95 s", 2, 1),
    ("visit_cpu_ms", "CPU ms", 1, 1),
    ("visit_files", "files", 0, 1),
    ("visit_kb", "KB", 0, 1),
    ("visit_threads", "threads", 0, 1),
    ("visit_failed", "failed", 0, 1),
]
# A fault in one run of three is a fault: the worst run counts, not the median.
WORST = {"lost", "double", "other_faults", "faults", "visit_threads", "visit_failed", "generator"}


@dataclass(frozen=True)
class Target:
    """`limit` in the unit of the figure; None when what it is measured against is missing."""

    name: str
    words: str
    key: str
    limits: Callable[[Mapping[str, Figures]], list[float | None]]
    digits: int = 2

    def limit(self, by_server: Mapping[str, Figures]) -> float | None:
        found = self.limits(by_server)
        known = [each for each in found if each is not None]
        return min(known) if len(known) == len(found) else None


def _fixed(value: float) -> Callable[[Mapping[str, Figures]], list[float | None]]:
    return lambda _: [value]


def _times(
    factor: float, server: str, key: str, most: float | None = None
) -> Callable[[Mapping[str, Figures]], list[float | None]]:
    def limits(by_server: Mapping[str, Figures]) -> list[float | None]:
        other = by_server.get(server, {}).get(key)
        found = [None if other is None else factor * other]
        return found if most is None else [*found, most]

    return limits


def _targets(
    ack: tuple[float, float], screen: float, others: float, back: float, join: float
) -> list[Target]:
    share = "" if ack[0] == 1 else f"{ack[0]} x "
    return [
        Target("faults of any kind", "0", "faults", _fixed(0), 0),
        Target(
            "vote to ack p95",
            f"<= {share}socket.io, and <= {ack[1]} s",
            "ack_p95",
            _times(ack[0], "socketio", "ack_p95", ack[1]),
            3,
        ),
        Target("seen on the projector p95", f"<= {screen} s", "screen_p95", _fixed(screen)),
        Target("seen on other phones p95", f"<= {others} s", "others_p95", _fixed(others)),
        Target(
            "CPU per frame, us",
            "<= 1.5 x bare websockets",
            "us_per_frame",
            _times(1.5, "websockets", "us_per_frame"),
            1,
        ),
        Target(
            "memory per person, KB",
            "<= 2 x bare websockets",
            "kb_each",
            _times(2, "websockets", "kb_each"),
            1,
        ),
        Target("drop and rejoin, last one back", f"<= {back} s", "last_back", _fixed(back)),
        Target("join page plus first snapshot p95", f"<= {join} s", "join_p95", _fixed(join)),
    ]


TARGETS = {
    1000: _targets((1, 0.1), screen=0.3, others=0.5, back=2, join=0.5),
    3000: _targets((1.5, 0.15), screen=0.5, others=0.7, back=3, join=1.5),
}
APPLICATION = "app-sqlite"
BESIDE = 1.3  # what PostgreSQL with Redis may cost


def summary(runs: list[Figures]) -> dict[str, float | None]:
    """One server's runs of one size in one: medians, and the worst of what may not happen at all."""
    keys = {key: None for run in runs for key in run}
    return {key: _worst(runs, key) if key in WORST else median(run.get(key) for run in runs) for key in keys}


def _worst(runs: list[Figures], key: str) -> float | None:
    found = [value for run in runs if (value := run.get(key)) is not None]
    return max(found, default=None)


def verdict(target: Target, server: str, by_server: Mapping[str, Figures]) -> list[str]:
    """[name, words, limit, measured, met] for one server. What could not be measured is not met."""
    limit, measured = target.limit(by_server), by_server[server].get(target.key)
    factor = 1.0 if server == APPLICATION or not target.digits else BESIDE
    words = target.words if factor == 1 else f"{factor} x ({target.words})"
    if limit is None:
        return [target.name, words, "not measured", number(measured, target.digits), "?"]
    is_met = measured is not None and measured <= limit * factor
    shown = [number(value, target.digits) for value in (limit * factor, measured)]
    return [target.name, words, *shown, "yes" if is_met else "NO"]


def number(value: Any, digits: int, factor: float = 1) -> str:
    return "-" if value is None else f"{value * factor:,.{digits}f}"


def servers_table(
    by_server: Mapping[str, Figures], columns: list[Any], failures: Mapping[str, str]
) -> list[list[str]]:
    rows = [["server", *(heading for _, heading, _, _ in columns)]]
    for name, found in by_server.items():
        cells = [number(found.get(key), digits, factor) for key, _, digits, factor in columns]
        rows.append([f"{name}{' (!)' if name in failures else ''}", *cells])
    return rows


def targets_table(people: int, server: str, by_server: Mapping[str, Figures]) -> list[list[str]]:
    rows = [verdict(target, server, by_server) for target in TARGETS[people]]
    return [["target", "asked", "limit", "measured", "met"], *rows]


def as_text(rows: list[list[str]], markdown: bool) -> str:
    if markdown:
        head, *body = ["| " + " | ".join(row) + " |" for row in rows]
        return "\n".join([head, "|---" * len(rows[0]) + "|", *body])
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: list[str], widths: list[int]) -> str:
    cells = [
        row[0].ljust(widths[0]),
        *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
    ]
    return "  ".join(cells).rstrip()
