"""The load generator: people join, vote once, lose their connection and come back. One process, one core.

`python -m bench.load '{"people": 200, ...}'` (see Plan) prints its measurements as JSON. bench/live.py starts it.
"""

import asyncio
import contextlib
import gc
import json
import random
import re
import resource
import sys
import time
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urldefrag, urljoin

from . import client, processes
from .dialects import DIALECTS, Message
from .figures import NEVER, Seen, percentile

SAMPLES = 60  # phones that are looked at frame by frame
WARM_UP = 5
clock = time.perf_counter


@dataclass
class Plan:
    people: int
    ports: list[int]
    pids: list[int]
    code: str = "000000"
    dialect: str = "plain"
    page: str = ""  # the join page that is opened before the socket
    join_within: float = 30.0
    vote_within: float = 10.0
    rejoin_within: float = 2.0
    patience: float = 60.0  # seconds before somebody is given up
    rest: float = 1.0  # seconds between two parts, for a server to come to rest
    core: int | None = None
    helpers: list[str] = field(default_factory=list)  # names of processes that work for the server
    static: bool = False
    seed: int = 1


class Phone:
    """One person's screen; also the projector."""

    def __init__(self, crowd: "Crowd", number: int, view: str = "participant") -> None:
        self.crowd, self.number, self.view = crowd, number, view
        self.person = uuid.uuid4().hex
        self.cookies: dict[str, str] = {} if crowd.plan.page else {"participant": self.person}
        self.socket: client.WebSocket | None = None
        self.seen = Seen() if view == "screen" or number % crowd.sample_every == 0 else None
        self.last: bytes | Message | None = None  # the newest that has results in it
        self.snapshot: asyncio.Future[Message] | None = None
        self.value: str | None = None
        self.key = ""
        self.sent = self.acked = 0.0
        self.ack_rev = 0
        self.page_took = 0.0
        self.frames = 0  # of sockets that are gone

    # --- Coming and going ---------------------------------------------------------------------------

    async def join(self, turn: int = 0) -> Message:
        """The page (the first time), the socket, hello, the snapshot. Raises OSError or TimeoutError."""
        plan = self.crowd.plan
        port = plan.ports[(self.number + turn) % len(plan.ports)]
        async with asyncio.timeout(plan.patience):
            if plan.page and not self.cookies:
                await self._open_page(port)
            dialect = self.crowd.dialect
            headers = self._headers(port) | {"Origin": f"https://localhost:{port}"}
            self.snapshot = asyncio.get_running_loop().create_future()
            self.socket = client.WebSocket(self._heard, self._gone)
            await self.socket.open(port, dialect.path(plan.code, self.view), headers)
            if dialect.is_ready:
                self._hello()
            return await self.snapshot

    async def _open_page(self, port: int) -> None:
        started = clock()
        page = await client.get(port, self.crowd.plan.page, self._headers(port))
        if page.status != 200:
            raise ConnectionError(f"status {page.status}")
        self.page_took = clock() - started
        self.cookies = page.cookies
        # The cookie is the id with a signature behind it.
        value = next(value for name, value in page.cookies.items() if "participant" in name)
        self.person = value.strip('"').partition(":")[0]

    def _headers(self, port: int) -> dict[str, str]:
        return visitor(port) | (
            {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            if self.cookies
            else {}
        )

    def drop(self) -> None:
        if self.socket is not None:
            self.frames += self.socket.frames_in + self.socket.frames_out
            self.socket.drop()
            self.socket = None

    @property
    def all_frames(self) -> int:
        now = self.socket.frames_in + self.socket.frames_out if self.socket else 0
        return self.frames + now

    # --- Talking ------------------------------------------------------------------------------------

    def _say(self, message: Message) -> None:
        if self.socket is not None:
            self.socket.say(self.crowd.dialect.encode(message))

    def _hello(self) -> None:
        self._say({"type": "hello", "v": 1, "seen": None, "lang": "nl"})

    def vote(self) -> None:
        self.value = self.crowd.random.choice(self.crowd.options)
        self.key = str(uuid.uuid4())
        self.sent = clock()
        self._send_vote()

    def _send_vote(self) -> None:
        self._say({"type": "answer", "id": self.key, "question": self.crowd.question, "value": self.value})

    def _heard(self, payload: bytes, at: float) -> None:
        dialect = self.crowd.dialect
        if payload.startswith(dialect.results):
            self.last = payload
            if self.seen is not None:
                message = dialect.decode(payload)
                assert message is not None
                self.seen.note(message["rev"], at)
            return
        if (reply := dialect.answer(payload)) is not None:
            if self.socket is not None:
                self.socket.reply(client.encode(client.TEXT, reply))
            return
        message = dialect.decode(payload)
        if message is None:
            return
        kind = message["type"]
        if kind == "ack" and message["id"] == self.key and not self.acked:
            self.acked, self.ack_rev = at, message["rev"]
        elif kind == "error":
            self._refused(message)
        elif kind == "ready":
            self._hello()
        elif kind in ("snapshot", "step"):
            self.last = message
            if kind == "snapshot" and self.snapshot is not None and not self.snapshot.done():
                self.snapshot.set_result(message)

    def _refused(self, message: Message) -> None:
        self.crowd.refused[message["code"]] += 1
        if message["code"] in ("busy", "too_fast") and message["id"] == self.key:
            asyncio.get_running_loop().call_later(self.crowd.random.uniform(1, 3), self._send_vote)

    def _gone(self, code: int | None) -> None:
        self.crowd.closed[str(code)] += 1
        if self.snapshot is not None and not self.snapshot.done():
            self.snapshot.set_exception(ConnectionError(f"closed with {code}"))

    # --- Afterwards ---------------------------------------------------------------------------------

    @property
    def shown(self) -> Message:
        """`n` and `tally` as this screen shows them now."""
        found = self.crowd.dialect.decode(self.last) if isinstance(self.last, bytes) else self.last
        results = (found or {}).get("results", found) or {}
        return {"n": results.get("n"), "tally": results.get("tally"), "rev": (found or {}).get("rev", 0)}


def visitor(port: int) -> dict[str, str]:
    """As the proxy before the server hands it on: https, and a whole hall behind one address."""
    return {
        "Host": f"localhost:{port}",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "203.0.113.7",
        "Accept-Language": "nl",
        "Accept-Encoding": "gzip",
        "User-Agent": "Mozilla/5.0 (Linux; Android 14) Mobile",
    }


class Meter:
    """CPU of the server, its helpers and ourselves since it was made."""

    def __init__(self, plan: Plan) -> None:
        self._pids = plan.pids
        self._helpers = processes.named(*plan.helpers)
        self._server = processes.cpu_seconds(self._pids)
        self._helped = processes.cpu_seconds(self._helpers)
        self._own, self._at = time.process_time(), clock()

    def read(self) -> dict[str, float]:
        took = clock() - self._at
        return {
            "cpu": processes.cpu_seconds(self._pids) - self._server,
            "helpers_cpu": processes.cpu_seconds(self._helpers) - self._helped,
            "seconds": took,
            "generator": (time.process_time() - self._own) / took,
        }


class Crowd:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.dialect = DIALECTS[plan.dialect]
        self.random = random.Random(plan.seed)  # noqa: S311 (the same moments for every server)
        self.sample_every = max(1, plan.people // SAMPLES)
        self.question, self.options = "", [""]
        self.refused: Counter[str] = Counter()
        self.closed: Counter[str] = Counter()
        self.failed: Counter[str] = Counter()
        self.lags: list[float] = []
        self.people = [Phone(self, number) for number in range(plan.people)]
        self.screens = [Phone(self, number, "screen") for number in range(len(plan.ports))]
        self.inside: list[Phone] = []

    async def run(self) -> dict[str, Any]:
        watching = asyncio.create_task(self._watch_ourselves())
        await self._warm_up()
        found: dict[str, Any] = {"join": await self._join(), "vote": await self._vote()}
        found["shown"] = self._shown()
        found["rejoin"] = await self._rejoin()
        found["shown"] += self._shown()
        watching.cancel()
        voters = [phone for phone in self.people if phone.value is not None]
        found |= {
            "sent": {phone.person: phone.value for phone in voters},
            "acked": {phone.person: phone.value for phone in voters if phone.acked},
            "closed": self.closed,
            "refused": self.refused,
            "failed": self.failed,
            "lag_p99": percentile(self.lags, 0.99),
        }
        for phone in self.people + self.screens:
            phone.drop()
        if self.plan.static:
            await asyncio.sleep(self.plan.rest)
            found["static"] = await FirstVisits(self.plan, self.random).run()
        return found

    async def _watch_ourselves(self) -> None:
        """How late we are ourselves: what we measure is never better than that."""
        while True:
            started = clock()
            await asyncio.sleep(0.01)
            self.lags.append(clock() - started - 0.01)

    async def _warm_up(self) -> None:
        """The first of everything is not what we measure. The projectors stay."""
        guests = [Phone(self, number) for number in range(WARM_UP * len(self.plan.ports))]
        for phone in guests + self.screens:
            snapshot = await phone.join()
        question = snapshot["step"]["question"]
        self.question = question["key"]
        self.options = [option["key"] for option in question["config"]["options"]]
        await asyncio.sleep(self.plan.rest)
        for phone in guests:
            phone.drop()
        await asyncio.sleep(self.plan.rest)

    # --- Joining ------------------------------------------------------------------------------------

    async def _join(self) -> dict[str, Any]:
        before = processes.memory(self.plan.pids)
        meter = Meter(self.plan)
        took: list[float] = []

        async def one(phone: Phone) -> None:
            started = clock()
            await phone.join()
            took.append(clock() - started)
            self.inside.append(phone)

        await self._spread(self.people, self.plan.join_within, one)
        await asyncio.sleep(self.plan.rest)
        figures = meter.read()
        joined = len(self.inside) or 1
        return {
            **figures,
            "p50": percentile(took, 0.5),
            "p95": percentile(took, 0.95),
            "max": max(took, default=None),
            "page_p95": percentile((phone.page_took for phone in self.inside), 0.95),
            "unanswered": self.plan.people - len(self.inside),
            "cpu_ms": figures["cpu"] * 1000 / joined,
            "kb_each": (processes.memory(self.plan.pids) - before) / 1024 / joined,
        }

    async def _spread(
        self, phones: list[Phone], within: float, work: Callable[[Phone], Awaitable[None]]
    ) -> None:
        """Everybody at a random moment; who fails is counted."""

        async def one(phone: Phone, moment: float) -> None:
            await asyncio.sleep(moment)
            try:
                await work(phone)
            except (OSError, TimeoutError) as error:
                phone.drop()
                self.failed[f"{type(error).__name__}: {error}"[:80]] += 1

        await asyncio.gather(*(one(phone, self.random.uniform(0, within)) for phone in phones))

    # --- Voting -------------------------------------------------------------------------------------

    async def _vote(self) -> dict[str, Any]:
        loop = asyncio.get_running_loop()
        everybody = self.people + self.screens
        frames = sum(phone.all_frames for phone in everybody)
        meter = Meter(self.plan)
        for phone in self.inside:
            loop.call_later(self.random.uniform(0, self.plan.vote_within), phone.vote)
        await asyncio.sleep(self.plan.vote_within)
        await self._until(lambda: all(phone.acked for phone in self.inside), self.plan.patience)
        newest = max((phone.ack_rev for phone in self.inside), default=0)
        screens = self.inside + self.screens
        await self._until(lambda: all(each.shown["rev"] >= newest for each in screens), self.plan.patience)
        figures = meter.read()
        frames = sum(phone.all_frames for phone in everybody) - frames
        acks = [phone.acked - phone.sent for phone in self.inside if phone.acked]
        others = self._until_seen([phone for phone in self.inside if phone.seen])
        projectors = self._until_seen(self.screens)
        return {
            **figures,
            **{f"p{share}": percentile(acks, share / 100) for share in (50, 95, 99)},
            "others_p95": _finite(percentile(others, 0.95)),
            "screen_p95": _finite(percentile(projectors, 0.95)),
            "unseen": others.count(NEVER) + projectors.count(NEVER),
            "unanswered": sum(not phone.acked for phone in self.inside),
            "frames": frames,
            "us_per_frame": figures["cpu"] * 1e6 / frames if frames else None,
            "updates": max((len(phone.seen.revs) for phone in self.screens if phone.seen), default=0),
        }

    async def _until(self, is_done: Callable[[], bool], patience: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience):
                while not is_done():
                    await asyncio.sleep(0.1)

    def _until_seen(self, screens: list[Phone]) -> list[float]:
        """For every vote and every other of these screens: how long until it showed the vote."""
        return [
            screen.seen.since(phone.ack_rev, phone.sent)
            for screen in screens
            for phone in self.inside
            if screen.seen and phone.acked and phone is not screen
        ]

    def _shown(self) -> list[list[Any]]:
        """What the screens show: [what, number of screens]."""
        shown = Counter(
            json.dumps({"n": each["n"], "tally": each["tally"]}, sort_keys=True)
            for each in (phone.shown for phone in self.inside + self.screens if phone.socket)
        )
        return [[json.loads(what), number] for what, number in shown.items()]

    # --- Dropping and coming back -------------------------------------------------------------------

    async def _rejoin(self) -> dict[str, Any]:
        meter = Meter(self.plan)
        acked = sum(bool(phone.acked) for phone in self.inside)
        dropped: list[float] = []
        back: list[float] = []
        took: list[float] = []
        stale = 0

        async def one(phone: Phone) -> None:
            nonlocal stale
            phone.drop()
            started = clock()
            dropped.append(started)
            snapshot = await phone.join(turn=1)
            back.append(clock())
            took.append(back[-1] - started)
            mine = snapshot["mine"]["answers"].get(self.question)
            n = (snapshot["results"] or {}).get("n", 0)
            stale += bool(phone.acked) and (mine != phone.value or n < acked)

        everybody = list(self.inside)
        await self._spread(everybody, self.plan.rejoin_within, one)
        await asyncio.sleep(self.plan.rest)
        return {
            **meter.read(),
            "p95": percentile(took, 0.95),
            "last_back": max(0.0, max(back) - max(dropped)) if back else None,
            "stale": stale,
            "unanswered": len(everybody) - len(took),
        }


class FirstVisits:
    """Phones that were never here: the page and every script and style of it, over six connections each."""

    def __init__(self, plan: Plan, chance: random.Random) -> None:
        self.plan, self.random = plan, chance
        self.threads = self.bytes = self.failed = 0

    async def run(self) -> dict[str, Any]:
        files = await self._files()
        meter = Meter(self.plan)
        took: list[float] = []

        async def one() -> None:
            await asyncio.sleep(self.random.uniform(0, self.plan.join_within))
            started = clock()
            try:
                async with asyncio.timeout(self.plan.patience):
                    await self._fetch(self.plan.page)
                    places = iter(files)
                    await asyncio.gather(*(self._fetch_all(places) for _ in range(6)))
                took.append(clock() - started)
            except (OSError, TimeoutError):
                self.failed += 1

        watching = asyncio.create_task(self._watch_threads())
        await asyncio.gather(*(one() for _ in range(self.plan.people)))
        watching.cancel()
        figures = meter.read()
        return {
            **figures,
            "files": len(files),
            "kb": self.bytes / 1024 / self.plan.people,
            "p95": percentile(took, 0.95),
            "cpu_ms": figures["cpu"] * 1000 / self.plan.people,
            "threads": self.threads,
            "failed": self.failed,
        }

    async def _watch_threads(self) -> None:
        while True:
            self.threads = max(self.threads, processes.threads(self.plan.pids))
            await asyncio.sleep(0.05)

    async def _fetch_all(self, places: Any) -> None:
        for place in places:
            await self._fetch(place)

    async def _fetch(self, path: str) -> bytes:
        port = self.plan.ports[0]
        page = await client.get(port, path, visitor(port))
        if page.status != 200:
            raise ConnectionError(f"status {page.status}")
        self.bytes += len(page.body)
        return page.body

    async def _files(self) -> list[str]:
        """What the page names, and what its scripts import."""
        plain = {name: value for name, value in visitor(self.plan.ports[0]).items() if "Encoding" not in name}
        port = self.plan.ports[0]
        html = (await client.get(port, self.plan.page, plain)).body.decode()
        waiting = re.findall(r'(?:src|href)="(/static/[^"]+)"', html)
        found: list[str] = []
        while waiting:
            place = urldefrag(waiting.pop(0)).url
            if place in found:
                continue
            found.append(place)
            if place.endswith(".js"):
                text = (await client.get(port, place, plain)).body.decode()
                names = re.findall(r'(?:from|import)\s*\(?["\'](\.[^"\']+|/static/[^"\']+)["\']', text)
                waiting += [urljoin(place, name) for name in names]
        return found


def _finite(value: float | None) -> float | None:
    return None if value is None or value == NEVER else value


def main() -> None:
    plan = Plan(**json.loads(sys.argv[1]))
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if plan.core is not None:
        processes.pin(0, {plan.core})
    gc.disable()  # one short life, and nothing that goes in circles for long
    json.dump(asyncio.run(Crowd(plan).run()), sys.stdout)


if __name__ == "__main__":
    main()
