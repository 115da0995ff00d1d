"""`make bench-live`: every server in turn under the same crowd, then tables and targets. See README.md."""

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from . import figures, servers, tables

RESULT = servers.OUT / "live.json"
SIZES = [200, 1000, 3000]


@dataclass
class Report:
    """Everything that was measured, written after each server."""

    machine: dict[str, Any]
    options: dict[str, Any]
    runs: list[dict[str, Any]] = field(default_factory=list)

    def add(self, run: dict[str, Any]) -> None:
        self.runs.append(run)
        RESULT.write_text(json.dumps(vars(self), indent=1))

    def by_server(self, people: int) -> dict[str, dict[str, float | None]]:
        found: dict[str, list[tables.Figures]] = defaultdict(list)
        for run in self.runs:
            if run["people"] == people:
                found[run["server"]].append(run["figures"])
        return {name: tables.summary(runs) for name, runs in found.items()}

    def failures(self, people: int) -> dict[str, str]:
        return {
            run["server"]: run["failed"] for run in self.runs if run["people"] == people and run["failed"]
        }


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-live", description=__doc__)
    parser.add_argument("--people", default=SIZES, type=_numbers, help="how many, with commas between")
    parser.add_argument("--servers", default=servers.USUAL, type=_names, help=", ".join(servers.SERVERS))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--join-within", type=float, default=30.0, help="seconds in which everybody joins")
    parser.add_argument("--vote-within", type=float, default=10.0)
    parser.add_argument("--rejoin-within", type=float, default=2.0)
    parser.add_argument("--patience", type=float, default=60.0, help="seconds before a phone is given up")
    parser.add_argument("--static", action="store_true", help="also measure first visits, with all files")
    parser.add_argument("--port", type=int, default=9100, help="the first of five ports")
    parser.add_argument("--markdown", action="store_true", help="print the tables as Markdown")
    options = parser.parse_args(given)
    if unknown := set(options.servers) - set(servers.SERVERS):
        parser.error(f"no such server: {', '.join(sorted(unknown))}")
    return options


def _numbers(text: str) -> list[int]:
    return [int(each) for each in text.split(",")]


def _names(text: str) -> list[str]:
    return text.split(",")


def machine() -> dict[str, Any]:
    model = "unknown"
    with suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next(
            (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), model
        )
    return {
        "cpu": model,
        "cores": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "kernel": platform.release(),
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "load": [round(each, 2) for each in os.getloadavg()],
    }


def cores_for(number: int) -> tuple[set[int], int | None]:
    """The server's cores and the generator's. Several processes need more than what two cores leave: then all of it
    is left to the kernel."""
    known = sorted(os.sched_getaffinity(0))
    if len(known) < 2 or number > len(known) - 1:
        return set(), None
    return set(known[:number]), known[-1]


def measure(name: str, people: int, options: argparse.Namespace) -> dict[str, Any]:
    """One server under one crowd. Whatever goes wrong is in `failed`; it never raises for a server's fault."""
    server_cores, own_core = cores_for(servers.processes_of(name))
    run: dict[str, Any] = {"server": name, "people": people, "failed": "", "figures": {}}
    run["pinned"] = own_core is not None
    with tempfile.TemporaryDirectory(prefix="oogst-bench-") as folder:
        place = servers.Place(Path(folder), options.port, server_cores)
        try:
            with servers.SERVERS[name](place) as running:
                try:
                    running.wait_until_it_answers()
                    found = generate(running, people, options, own_core)
                    run["failed"] = running.death
                finally:
                    running.stop()
                rows = running.rows()
            run |= judge(found, rows)
        except Exception as error:  # whatever it was, the other servers are measured
            run["failed"] = f"{type(error).__name__}: {error}\n{place.said()}".strip()
    return run


def generate(
    running: servers.Running, people: int, options: argparse.Namespace, core: int | None
) -> dict[str, Any]:
    plan = {
        "people": people,
        "ports": running.ports,
        "pids": running.pids,
        "core": core,
        "join_within": options.join_within,
        "vote_within": options.vote_within,
        "rejoin_within": options.rejoin_within,
        "patience": options.patience,
        "static": options.static and "page" in running.plan,
        **running.plan,
    }
    most = options.join_within * 2 + options.vote_within + options.rejoin_within + options.patience * 5 + 60
    done = subprocess.run(
        [sys.executable, "-m", "bench.load", json.dumps(plan)],
        cwd=servers.ROOT,
        capture_output=True,
        text=True,
        timeout=most,
    )
    if done.returncode:
        raise servers.DidNotStart(f"{running.death or 'the crowd gave up'}: {done.stderr[-1500:]}")
    return json.loads(done.stdout)


def judge(found: dict[str, Any], rows: servers.Rows) -> dict[str, Any]:
    """The generator's measurements and what the database says, as one row of figures."""
    join, vote, rejoin = found["join"], found["vote"], found["rejoin"]
    audit = figures.audit(found["acked"], found["sent"], rows)
    faults = {
        "wrong": audit.wrong,
        "stranger": audit.stranger,
        "unanswered joins": join["unanswered"] + rejoin["unanswered"],
        "unanswered votes": vote["unanswered"],
        "votes not seen": vote["unseen"],
        "stale joins": rejoin["stale"],
        "closed by the server": sum(found["closed"].values()),
        "tally differs": sum(
            number for shown, number in found["shown"] if figures.tally_differs(shown, rows)
        ),
    }
    row: dict[str, float | None] = {
        "join_p95": join["p95"],
        "page_p95": join["page_p95"] or None,
        "join_cpu_ms": join["cpu_ms"],
        "ack_p50": vote["p50"],
        "ack_p95": vote["p95"],
        "ack_p99": vote["p99"],
        "others_p95": vote["others_p95"],
        "screen_p95": vote["screen_p95"],
        "updates": vote["updates"],
        "frames": vote["frames"],
        "us_per_frame": vote["us_per_frame"],
        "vote_cpu": vote["cpu"],
        "helpers_cpu": vote["helpers_cpu"] or None,
        "kb_each": join["kb_each"],
        "lost": audit.lost,
        "double": audit.double,
        "other_faults": sum(faults.values()),
        "faults": audit.lost + audit.double + sum(faults.values()),
        "rejoin_p95": rejoin["p95"],
        "last_back": rejoin["last_back"],
        "rejoin_cpu": rejoin["cpu"],
        "generator": max(part["generator"] for part in (join, vote, rejoin)),
    }
    if visit := found.get("static"):
        names = ("p95", "cpu_ms", "files", "kb", "threads", "failed")
        row |= {f"visit_{name}": visit[name] for name in names}
    kept = {key: found[key] for key in ("join", "vote", "rejoin", "closed", "refused", "failed", "lag_p99")}
    return {"figures": row, "faults": {key: n for key, n in faults.items() if n}, "details": kept}


def tell(report: Report, people: int, markdown: bool) -> None:
    by_server, failures = report.by_server(people), report.failures(people)
    if not by_server:
        return
    heading = f"{people:,} people, one vote each within {report.options['vote_within']:.0f} s"
    print(f"\n{'### ' if markdown else ''}{heading}\n")
    print(tables.as_text(tables.servers_table(by_server, tables.COLUMNS, failures), markdown))
    visits = {name: found for name, found in by_server.items() if "visit_p95" in found}
    if visits:
        print("\n" + tables.as_text(tables.servers_table(visits, tables.VISITS, failures), markdown))
    for name, why in failures.items():
        print(f"\n(!) {name}: {why}")
    for run in report.runs:
        if run["people"] == people and run.get("faults"):
            print(
                f"\nfaults of {run['server']}, run {run['run']}: {run['faults']} {run['details']['failed']}"
            )
    for name in by_server if people in tables.TARGETS else ():
        if name.startswith("app-"):
            print(f"\nTargets, {people:,} people: {name}\n")
            print(tables.as_text(tables.targets_table(people, name, by_server), markdown))


def introduce(report: Report) -> None:
    found = report.machine
    print(
        f"{found['cpu']}, {found['cores']} cores, Python {found['python']}, Linux {found['kernel']}; "
        f"{found['date']}, load {found['load']}"
    )
    pinned = cores_for(1)[1] is not None
    print(
        "One server process has the first core, the generator the last; several processes, databases and Redis have "
        "what the kernel gives them."
        if pinned
        else "One core: the server and the generator share it."
    )


def main() -> None:
    options = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # stop the servers and drop the database first
    servers.OUT.mkdir(exist_ok=True)
    if any(name.startswith("app-") for name in options.servers):
        servers.prepare_static()
    report = Report(machine(), vars(options))
    introduce(report)
    for people in options.people:
        for number in range(1, options.runs + 1):
            for name in options.servers:
                started = time.monotonic()
                run = measure(name, people, options) | {"run": number}
                report.add(run)
                took = time.monotonic() - started
                state = "FAILED" if run["failed"] else "done"
                print(f"  {people} people, run {number}, {name}: {state} in {took:.0f} s", file=sys.stderr)
        tell(report, people, options.markdown)
    print(f"\nEverything is in {RESULT.relative_to(servers.ROOT)}.")


if __name__ == "__main__":
    main()
