"""Made-up people for a rehearsal. They answer each question that is opened, write notes and are for some.

Who they are and what they say follows from the session and the question: after a restart, or with several processes, the
same people say the same things again, and nothing is double. They speak through the hub's own writer."""

import asyncio
import logging
import random
import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from participation.core.errors import ActionError
from surveys import kinds

from . import actions, shapes
from .actions.answers import Entry
from .models import Step
from .rehearsal import NOTES, people_of
from .room import Room

if TYPE_CHECKING:
    from .hub import Hub

logger = logging.getLogger(__name__)

TICK = 0.5  # seconds between two looks at whose turn it is
SLOWEST = 15.0  # seconds after which everybody has answered
WRITERS = 2  # of five people, at a wall
SUPPORTERS = 0.5  # of all


class Crowd:
    """Those of one hub. `follow` after each look at the room; the task ends with the rehearsal, and with the hub."""

    def __init__(self, hub: "Hub") -> None:
        self.hub = hub
        self._task: asyncio.Task[None] | None = None
        self._turns: dict[tuple[int, int], dict[uuid.UUID, float]] = {}  # step and round: person -> when
        self._done: set[tuple[int, int, uuid.UUID]] = set()

    def follow(self) -> None:
        if not self._rehearsing:
            self.close()
        elif self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())

    def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    @property
    def _room(self) -> Room:
        return self.hub.state.room

    @property
    def _rehearsing(self) -> bool:
        return self._room.session.rehearsing

    async def _run(self) -> None:
        self._turns, self._done = {}, set()
        while self._rehearsing:
            try:
                await self._say()
            except ActionError:
                pass  # the room moved on, or is busy: they try again
            except Exception:  # made-up people may never hold up the room that rehearses
                logger.exception("made-up people could not answer in session %s", self.hub.session_id)
                return
            await asyncio.sleep(TICK)

    async def _say(self) -> None:
        room = self._room
        open_steps = [step for step in room.steps if _takes(room, step)]
        self._turns = {_place(step): self._turns.get(_place(step)) or self._plan(step) for step in open_steps}
        for step in open_steps:
            people = list(self._whose_turn(step))
            if step.question:
                await self._answer(room, step, people)
            elif step.type == Step.Type.TALK:
                for person in people:
                    await self._talk(room, step, person)
            else:
                for person in people:
                    await self._write(room, step, person)

    def _plan(self, step: Step) -> dict[uuid.UUID, float]:
        now = asyncio.get_running_loop().time()
        people = [each for each in people_of(self._room.session) if each in self.hub.people]
        return {person: now + SLOWEST * _chance(step, person).random() for person in people}

    def _whose_turn(self, step: Step) -> Iterator[uuid.UUID]:
        now = asyncio.get_running_loop().time()
        for person, turn in self._turns[_place(step)].items():
            if turn <= now and (*_place(step), person) not in self._done:
                yield person

    async def _answer(self, room: Room, step: Step, people: list[uuid.UUID]) -> None:
        language = room.session.source_language
        question = room.question(step, language)
        kind = kinds.get(question.kind)
        put = []
        for person in people:
            said: Any = kind.simulate(question, _chance(step, person))
            value = actions.clean_answer(question, said, language)
            entry = Entry(person, None, language, step.question_id, value, actions.waits(question))
            put.append(self.hub.hall.writer.put(self.hub.session_id, entry))
        for person, outcome in zip(people, await asyncio.gather(*put), strict=True):
            if "rev" in outcome:
                self._done.add((*_place(step), person))

    async def _write(self, room: Room, step: Step, person: uuid.UUID, table: str = "") -> None:
        chance, language = _chance(step, person), room.session.source_language
        notes = NOTES.get(language) or NOTES["en"]
        number = people_of(room.session).index(person)
        thread = table or (step.thread.public_id if step.thread else "")
        run, session_id = self.hub.hall.writer.run, self.hub.session_id
        if number % 5 < WRITERS:
            message, text = uuid.uuid5(person, str(step.key)), notes[number % len(notes)]
            await run(actions.contribute, session_id, person, message, thread, text, "", language)
        texts = [each for each in self._texts(step) if each.get("table", "") == table]
        if texts and chance.random() < SUPPORTERS:
            await run(actions.support, session_id, person, None, chance.choice(texts)["id"], True)
        self._done.add((*_place(step), person))

    async def _talk(self, room: Room, step: Step, person: uuid.UUID) -> None:
        """Sit down; then, at a later look, write at one's table. Only where the room is: elsewhere nobody knows the
        tables."""
        result = self.hub.state.result
        if room.current is None or room.current.pk != step.pk or result is None or not result.tally["tables"]:
            return
        run, session_id = self.hub.hall.writer.run, self.hub.session_id
        place = (result.seats or {}).get(person)
        if place is None:
            wanted = "" if step.is_mixed else _chance(step, person).choice(result.tally["tables"])["id"]
            await run(actions.take_seat, session_id, person, None, step.key, wanted)
            return
        table = next(each for each in result.tally["tables"] if each["pk"] == place[0])
        if not table["has_note_taker"]:
            await run(actions.take_notes, session_id, person, None, step.key, True)
        await self._write(room, step, person, table["id"])

    def _texts(self, step: Step) -> list[dict[str, Any]]:
        result = self.hub.state.result
        if result is None or self._room.current is None or self._room.current.pk != step.pk:
            return []
        return list(result.tally.get("texts", []))


def _takes(room: Room, step: Step) -> bool:
    return bool(step.question_id or step.thread_id or step.type == Step.Type.TALK) and shapes.is_open(
        room.session, step
    )


def _place(step: Step) -> tuple[int, int]:
    return step.pk, step.round


def _chance(step: Step, person: uuid.UUID) -> random.Random:
    return random.Random(f"{person} {step.key} {step.round}")  # noqa: S311  (a believable room, not a secret)
