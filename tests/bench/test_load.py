"""The crowd sees what a server does wrong: it visits the reference, and some that are not honest."""

import asyncio
import json
import sqlite3

import pytest
from websockets.asyncio.server import serve

from bench import live
from bench.load import Crowd, Plan
from bench.references.websockets_server import Room

PEOPLE = 6


class Forgetful(Room):
    def snapshot(self, person):
        return json.dumps({**json.loads(super().snapshot(person)), "mine": {"answers": {}}})


class Deaf(Room):
    def take(self, socket, person, message):
        if len(self.answers) + len(self.waiting) < 2:
            super().take(socket, person, message)


class Careless(Room):
    """Says that it stored everything."""

    def commit(self, batch, rev):
        super().commit(batch[:0], rev)


class Boastful(Room):
    def results(self):
        return {**super().results(), "n": len(self.answers) + 1}


async def visit(room, file):
    async with serve(room.visit, "127.0.0.1", 0, compression=None) as server:
        port = server.sockets[0].getsockname()[1]
        telling = asyncio.create_task(room.tell())
        quick = {
            "join_within": 0.05,
            "vote_within": 0.1,
            "rejoin_within": 0.05,
            "patience": 0.5,
            "rest": 0.05,
        }
        found = await Crowd(Plan(people=PEOPLE, ports=[port], pids=[], **quick)).run()
        telling.cancel()
    room.database.close()
    with sqlite3.connect(file) as database:
        rows = list(database.execute("SELECT participant, value FROM answer"))
    return live.judge(found, rows)


@pytest.mark.parametrize(
    ("kind", "faults"),
    [
        (Room, {}),
        (Forgetful, {"stale joins": PEOPLE}),
        (Deaf, {"unanswered votes": PEOPLE - 2}),
        (Careless, {"tally differs": 2 * (PEOPLE + 1)}),
        (Boastful, {"tally differs": 2 * (PEOPLE + 1)}),
    ],
)
async def test_what_a_server_does_wrong_is_seen(kind, faults, tmp_path):
    file = tmp_path / "votes.sqlite3"
    found = await visit(kind(str(file)), file)
    figures = found["figures"]
    lost = PEOPLE if kind is Careless else 0
    assert (found["faults"], figures["lost"], figures["double"]) == (faults, lost, 0)
    assert figures["faults"] == sum(faults.values()) + lost
    assert 0 < figures["ack_p50"] <= figures["ack_p95"] <= figures["others_p95"] < 1
