"""What goes wrong in a full hall, done for real to a daphne of our own: no acknowledged answer is lost, nobody else
notices more than a short pause, and each gets the documented error."""

import asyncio
import contextlib
import getpass
import json
import os
import resource
import select
import shutil
import socket
import subprocess
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from django.db import connection, connections
from websockets.exceptions import ConnectionClosed

from bench import client
from surveys.models import Answer
from tests import ports
from tests.live.daphne import PATIENCE, Daphne, database_url
from tests.live.factories import first, open_session, run

pytestmark = pytest.mark.django_db(transaction=True)
ON_SQLITE = connection.vendor == "sqlite"


@pytest.fixture
def servers(transactional_db):
    made = []

    def make(**env):
        made.append(Daphne(**env))
        return made[-1]

    yield make
    for server in made:
        server.close()


@pytest.fixture
def session(organisation):
    return run(open_session(organisation), "show_results")


@pytest.fixture
def question(session):
    return first(session).question.key


def counts(news):
    tally = (news.get("results") or news).get("tally")
    return tally and tally["counts"]


def sees(phone, **wanted):
    return phone.get("results", "step", "snapshot", where=lambda news: counts(news) == wanted)


# --- Clients that behave badly ----------------------------------------------------------------------


def test_sixty_wrong_codes_slow_down_a_place_and_a_thousand_with_the_right_one_come_in(servers, session):
    server = servers()

    def guess(code):
        phone = server.phone(str(code), cookie="none=1", hello=False)
        with pytest.raises(ConnectionClosed) as closed:
            phone.socket.recv(timeout=PATIENCE)
        return closed.value.rcvd.code

    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(guess, range(200000, 200060))) == [4404] * 60
        began = time.monotonic()
        assert set(pool.map(guess, range(200060, 200070))) == {4429}
        assert time.monotonic() - began > 0.5  # who was looked at had to wait for it
        going_on = [pool.submit(guess, code) for code in range(200070, 200080)]
        came_in = asyncio.run(everybody_joins(server, session.code, 1000))
        assert {each.result() for each in going_on} == {4429}
        # While guessing goes on the first may be told to try again: their code is one among the guesses as yet.
        refused = came_in[429]
        assert came_in == Counter({session.code: 1000 - refused}) + Counter({429: refused})
        assert refused <= 10
        again = asyncio.run(everybody_joins(server, session.code, refused))
    assert again == Counter({session.code: refused}) + Counter()


async def everybody_joins(server, code, count):
    """So many phones open the join page and then the socket; gives which rooms they are shown, or what they got."""
    at_the_door = asyncio.Semaphore(40)  # a row of them at a time, as fast as they are let in

    async def join():
        async with at_the_door:
            page = await client.get(server.port, f"/join/{code}/", {"Host": server.host})
            if page.status != 200:
                return page.status
            cookie = "; ".join(f"{name}={value}" for name, value in page.cookies.items())
            shown = asyncio.get_running_loop().create_future()
            heard = partial(tell_snapshot, shown)
            phone = client.WebSocket(heard, lambda code: shown.done() or shown.set_result(code))
            headers = {"Host": server.host, "Origin": f"http://{server.host}", "Cookie": cookie}
            await phone.open(server.port, f"/ws/live/{code}/", headers)
            phone.say(b'{"type":"hello","v":1}')
            return await shown

    return Counter(await asyncio.gather(*(join() for _each in range(count))))


def tell_snapshot(shown, text, _at):
    news = json.loads(text)
    if news["type"] == "snapshot" and not shown.done():
        shown.set_result(news["session"]["code"])


def test_a_flood_of_messages_costs_the_one_who_sends_it(servers, session, question):
    server = servers()
    calm, flood = server.phone(session.code), server.phone(session.code, unread=None)
    acked = []
    for turn in range(1000):
        with contextlib.suppress(ConnectionClosed):  # from some moment on
            flood.answer(question, ("lib", "sea")[turn % 2])
        if turn % 100 == 0:
            acked.append(calm.vote(question, "lib")["rev"])
    assert len(acked) == 10
    codes, closed_with = last_words(flood)
    assert (set(codes), codes["too_fast"], closed_with) == ({None, "too_fast"}, 301, 4429)
    assert Answer.objects.count() == 2
    calm.close()


def last_words(phone):
    """How often it got each code (None: an ack), up to the close code."""
    codes = Counter()
    while True:
        try:
            codes[phone.get("ack", "error").get("code")] += 1
        except ConnectionClosed as closed:
            return codes, closed.rcvd and closed.rcvd.code


def test_a_phone_that_reads_late_still_learns_why_it_was_closed(servers, session, question):
    flood = servers().phone(session.code)
    for _each in range(500):
        flood.answer(question, "lib")
    dropped = select.poll()
    dropped.register(flood.socket.socket, select.POLLRDHUP)
    assert dropped.poll(2500) == []  # the close frame waits in the network, behind what nobody read
    codes, closed_with = last_words(flood)
    assert (codes["too_fast"], closed_with) == (301, 4429)


def test_phones_that_never_read_hold_up_nobody_and_cost_no_memory(servers, session, question):
    server = servers()
    deaf = [server.phone(session.code) for _each in range(10)]
    for phone in deaf:  # as small a window as the system gives, and nobody who empties it
        phone.socket.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        phone.socket.recv_bufsize = 1
    busy = [server.phone(session.code) for _each in range(5)]
    before = server.memory
    for turn in range(6):
        for phone in busy:
            phone.vote(question, ("lib", "sea")[turn % 2])
    sees(busy[0], lib=0, sea=5)
    assert server.memory - before < 20_000_000
    for phone in (*busy, *deaf):
        phone.close()


# --- What the house stands on -----------------------------------------------------------------------

if ON_SQLITE:

    def test_a_full_disk_refuses_what_it_cannot_keep_and_then_goes_on(servers, session, question):
        server = servers()
        phones = [server.phone(session.code) for _each in range(3)]
        phones[0].vote(question, "lib")
        pid = server.pid
        limit = resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
        key = phones[1].answer(question, "lib")
        refused = phones[1].get("ack", "error")
        assert (refused["type"], refused["code"], refused["id"]) == ("error", "busy", key)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, limit)
        phones[1].answer(question, "lib", key)  # as the phone does by itself
        assert phones[1].get("ack", "error")["type"] == "ack"
        phones[2].vote(question, "sea")
        sees(phones[0], lib=2, sea=1)
        assert Answer.objects.count() == 3
        for phone in phones:
            phone.close()


if not ON_SQLITE:

    @pytest.fixture
    def postgresql(tmp_path):
        """A server of our own with a copy of the test database."""
        server = Postgresql(tmp_path)
        yield server
        server.stop("immediate")
        server.held.close()

    class Postgresql:
        def __init__(self, folder):
            self.held = ports.reserve()  # also while it is stopped
            self.port = ports.number_of(self.held)
            self.folder = folder / "data"
            self.bin = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
            self.user = "postgres" if getpass.getuser() == "root" else getpass.getuser()
            if self.user != getpass.getuser():
                for each in (folder, *folder.parents):
                    if each.owner() == getpass.getuser() and each.is_relative_to("/tmp/"):  # noqa: S108
                        each.chmod(0o755)
                shutil.chown(folder, self.user)
            self._do(
                "initdb", "--no-sync", "--auth", "trust", "--username", "postgres", "--pgdata", self.folder
            )
            self.start()
            url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"
            dump = subprocess.run(
                [self.bin / "pg_dump", "--no-owner", database_url()], check=True, capture_output=True
            )
            subprocess.run(
                [self.bin / "psql", "--quiet", url], input=dump.stdout, check=True, capture_output=True
            )
            self.url = url

        def start(self):
            options = (
                f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
            )
            self._do("pg_ctl", "start", "--wait", "--pgdata", self.folder, "--options", options)

        def stop(self, mode):
            self._do("pg_ctl", "stop", "--wait", "--mode", mode, "--pgdata", self.folder)

        def _do(self, program, *arguments):
            who = {} if self.user == getpass.getuser() else {"user": self.user, "group": self.user}
            subprocess.run(
                [self.bin / program, *arguments],
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                **who,
            )

        def answers(self):
            sql = "SELECT count(*) FROM surveys_answer"
            asked = [self.bin / "psql", "--no-align", "--tuples-only", "--command", sql, self.url]
            return int(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)

    def test_a_restarted_postgresql_loses_nothing_that_was_acknowledged(
        servers, session, question, postgresql
    ):
        server = servers(DATABASE_URL=postgresql.url)
        phones = [server.phone(session.code) for _each in range(6)]
        for phone in phones[:3]:
            phone.vote(question, "lib")
        postgresql.stop("immediate")  # as when its machine loses power
        key = phones[3].answer(question, "sea")
        refused = phones[3].get("ack", "error")
        assert (refused["type"], refused["code"]) == ("error", "busy")
        postgresql.start()
        phones[3].answer(question, "sea", key)
        assert phones[3].get("ack", "error")["type"] == "ack"
        for phone in phones[4:]:
            phone.vote(question, "sea")
        sees(phones[0], lib=3, sea=3)
        assert postgresql.answers() == 6
        for phone in phones:
            phone.close()


if os.environ.get("REDIS_URL"):

    class Redis:
        def __init__(self):
            self.held = ports.reserve()  # also while it is stopped
            self.port = ports.number_of(self.held)
            self.url = f"redis://127.0.0.1:{self.port}/0"
            self.start()

        def start(self):
            self.process = subprocess.Popen(
                [
                    "redis-server",
                    *("--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"),
                ],
                stdout=subprocess.DEVNULL,
            )
            deadline = time.monotonic() + PATIENCE
            while time.monotonic() < deadline:
                with socket.socket() as probe:
                    if not probe.connect_ex(("127.0.0.1", self.port)):
                        return
            raise RuntimeError("redis did not listen")

        def stop(self):
            self.process.kill()
            self.process.wait()

    @pytest.fixture
    def redis():
        server = Redis()
        yield server
        server.stop()
        server.held.close()

    def test_a_restarted_redis_is_a_short_pause_between_two_processes(servers, session, question, redis):
        one, other = servers(REDIS_URL=redis.url), servers(REDIS_URL=redis.url)
        voter, watcher = one.phone(session.code), other.phone(session.code)
        voter.vote(question, "lib")
        sees(watcher, lib=1, sea=0)
        redis.stop()
        voter.vote(question, "sea")  # nobody waits for the layer
        sees(watcher, lib=0, sea=1)
        redis.start()
        voter.vote(question, "lib")
        sees(watcher, lib=1, sea=0)
        assert Answer.objects.count() == 1
        voter.close()
        watcher.close()


@pytest.fixture(autouse=True)
def own_connections():
    yield
    connections.close_all()
