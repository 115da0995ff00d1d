"""What /proc says of a server's processes, and who may run on which core."""

import os
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def cpu_seconds(pids: Iterable[int]) -> float:
    """User and system time of these processes, all their threads included. One that has died counts for nothing."""
    return sum(_ticks(pid) for pid in pids) / TICKS


def memory(pids: Iterable[int]) -> int:
    """Resident bytes."""
    return sum(int(_read(pid, "statm").split()[1]) * PAGE for pid in pids if _read(pid, "statm"))


def threads(pids: Iterable[int]) -> int:
    return sum(_count(pid) for pid in pids)


def named(*names: str) -> list[int]:
    """The processes with such a name on this machine: a database and a Redis that we did not start."""
    found = (int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit())
    return [pid for pid in found if _read(pid, "comm").strip() in names]


def pin(pid: int, cores: set[int]) -> None:
    """Keep a process (0: this one) on these cores; nothing happens on a machine with one core."""
    if len(os.sched_getaffinity(0) | cores) > 1 and cores:
        os.sched_setaffinity(pid, cores)


def _ticks(pid: int) -> int:
    fields = _read(pid, "stat").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12]) if fields else 0


def _count(pid: int) -> int:
    try:
        return len(os.listdir(f"/proc/{pid}/task"))
    except OSError:
        return 0


def _read(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text()
    except OSError:
        return ""
