"""The floor: the same work on the `websockets` library and sqlite3, without a framework.

`python websockets_server.py PORT DATABASE`. Durable as Oogst is: `synchronous=FULL`, an acknowledgement after the commit,
the id of every message remembered. One question; at most five `results` a second; a snapshot with one's own answer.
"""

import asyncio
import json
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie
from typing import Any

from websockets.asyncio.server import ServerConnection, broadcast, serve

TICK = 0.2
PRESENCE_EVERY = 1.0
QUESTION = "question"
OPTIONS = ["a", "b", "c", "d", "e"]
SCHEMA = """
PRAGMA journal_mode=WAL;
PRAGMA synchronous=FULL;
CREATE TABLE answer (participant TEXT, question TEXT, value TEXT, PRIMARY KEY (participant, question));
CREATE TABLE handled (participant TEXT, id TEXT, rev INTEGER, PRIMARY KEY (participant, id));
"""
UPSERT = """INSERT INTO answer VALUES (?, ?, ?)
ON CONFLICT (participant, question) DO UPDATE SET value = excluded.value"""

Waiting = tuple[ServerConnection, str, dict[str, Any]]


def encode(message: dict[str, Any]) -> str:
    return json.dumps(message, separators=(",", ":"))


class Room:
    def __init__(self, database: str) -> None:
        self.database = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
        self.database.executescript(SCHEMA)
        self.thread = ThreadPoolExecutor(1)
        self.sockets: set[ServerConnection] = set()
        self.people: set[str] = set()
        self.answers: dict[str, str] = {}
        self.handled: dict[tuple[str, str], int] = {}
        self.counts = dict.fromkeys(OPTIONS, 0)
        self.rev = self.told_rev = 1
        self.told_people = 0
        self.waiting: list[Waiting] = []
        self.writing: asyncio.Task[None] | None = None

    # --- Messages -----------------------------------------------------------------------------------

    async def visit(self, socket: ServerConnection) -> None:
        assert socket.request is not None
        cookies = SimpleCookie(socket.request.headers.get("Cookie", ""))
        person = cookies["participant"].value if "participant" in cookies else ""
        try:
            async for text in socket:
                message = json.loads(text)
                if message["type"] == "hello":
                    if person:
                        self.people.add(person)
                    self.sockets.add(socket)
                    await socket.send(self.snapshot(person))
                elif message["type"] == "answer" and message["value"] in self.counts:
                    self.take(socket, person, message)
        finally:
            self.sockets.discard(socket)

    def results(self) -> dict[str, Any]:
        return {"n": len(self.answers), "tally": {"counts": self.counts}}

    def snapshot(self, person: str) -> str:
        mine = {QUESTION: self.answers[person]} if person in self.answers else {}
        question = {"key": QUESTION, "config": {"options": [{"key": key, "label": key} for key in OPTIONS]}}
        step = {"question": question}
        shape = {"type": "snapshot", "rev": self.rev, "step": step, "results": self.results()}
        return encode({**shape, "mine": {"answers": mine}})

    # --- Group commit -------------------------------------------------------------------------------

    def take(self, socket: ServerConnection, person: str, message: dict[str, Any]) -> None:
        self.waiting.append((socket, person, message))
        if self.writing is None or self.writing.done():
            self.writing = asyncio.create_task(self.write())

    async def write(self) -> None:
        while self.waiting:
            batch, self.waiting = self.waiting, []
            new = [each for each in batch if (each[1], each[2]["id"]) not in self.handled]
            rev = self.rev + 1
            await asyncio.get_running_loop().run_in_executor(self.thread, self.commit, new, rev)
            self.rev = rev
            for _, person, message in new:
                self.handled[person, message["id"]] = rev
                before = self.answers.get(person)
                if before is not None:
                    self.counts[before] -= 1
                self.answers[person] = message["value"]
                self.counts[message["value"]] += 1
            for socket, person, message in batch:
                ack = {"type": "ack", "id": message["id"], "rev": self.handled[person, message["id"]]}
                await socket.send(encode(ack))

    def commit(self, batch: list[Waiting], rev: int) -> None:
        self.database.execute("BEGIN IMMEDIATE")
        self.database.executemany(UPSERT, [(who, each["question"], each["value"]) for _, who, each in batch])
        handled = [(who, each["id"], rev) for _, who, each in batch]
        self.database.executemany("INSERT OR IGNORE INTO handled VALUES (?, ?, ?)", handled)
        self.database.execute("COMMIT")

    # --- News ---------------------------------------------------------------------------------------

    async def tell(self) -> None:
        loop = asyncio.get_running_loop()
        presence_at = 0.0
        while True:
            await asyncio.sleep(TICK)
            if self.rev != self.told_rev:
                self.told_rev = self.rev
                news = {"type": "results", "rev": self.rev, "question": QUESTION, **self.results()}
                broadcast(self.sockets, encode(news))
            if len(self.people) != self.told_people and loop.time() - presence_at >= PRESENCE_EVERY:
                presence_at, self.told_people = loop.time(), len(self.people)
                broadcast(self.sockets, encode({"type": "presence", "participants": self.told_people}))


async def main(port: int, database: str) -> None:
    room = Room(database)
    async with serve(
        room.visit, "127.0.0.1", port, compression=None, backlog=4096, max_size=65536, ping_timeout=60
    ):
        await room.tell()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
