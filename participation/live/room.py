"""A session as it is at one revision: immutable, without a query in it, shared by everybody in the room."""

import uuid
from collections.abc import Iterable
from functools import cached_property

from django.conf import settings
from django.utils.translation import override

from surveys import structure
from surveys.media import Media
from surveys.structure import FrozenQuestion

from . import asking
from .models import Attendance, Session, Step

LANGUAGES = [code for code, _name in settings.LANGUAGES]


class Room:
    """Made by `queries.room()`. Treat the models in it as read-only."""

    def __init__(
        self,
        session: Session,
        steps: list[Step],
        media: Media,
        removed: Iterable[Attendance] = (),
        collectors: Iterable[int] = (),
    ) -> None:
        self.session = session
        self.steps = steps
        self.media = media
        self.removed = list(removed)  # who may not take part any more
        self.collectors = list(collectors)  # of people's own answers, led and at their own pace
        self._frozen: dict[str, dict[str, FrozenQuestion]] = {}
        self._html: dict[tuple[int, str], str] = {}

    @property
    def current(self) -> Step | None:
        """Where the room is; nowhere when everybody goes at their own pace."""
        return None if self.session.at_own_pace else self._current

    @cached_property
    def _current(self) -> Step | None:
        return next((step for step in self.steps if step.pk == self.session.current_id), None)

    @property
    def is_over(self) -> bool:
        return self.session.is_over

    def is_removed(self, person: uuid.UUID | None) -> bool:
        """A facilitator removed this person; also of a phone, by the id of the first who used it."""
        return person in self._gone

    @cached_property
    def _gone(self) -> set[uuid.UUID]:
        return {each.participant_id for each in self.removed} | {
            each.phone for each in self.removed if each.phone
        }

    def number(self, step: Step) -> int:
        """Its place in the script, from 1."""
        return self.steps.index(step) + 1

    def step(self, key: str) -> Step | None:
        return next((step for step in self.steps if str(step.key) == key), None)

    def asking(self, question_key: str) -> Step | None:
        """The step that asks this question."""
        return self._asking.get(question_key)

    def writing(self, thread_id: str) -> Step | None:
        """The wall, stage or question of statements with this thread."""
        return next((step for step in self.steps if step.thread and step.thread.public_id == thread_id), None)

    def question(self, step: Step, language: str) -> FrozenQuestion:
        """The frozen question of a step of type question, in the reader's language."""
        if language not in self._frozen:
            version = self.session.version
            found = structure.questions(version.structure, language, self.media) if version else []
            self._frozen[language] = {each.key: each for each in found}
        assert step.question is not None
        return self._frozen[language][str(step.question.key)]

    def ask_html(self, step: Step, language: str) -> str:
        """The controls of a question, without an answer in them: made once for everybody who reads this language."""
        place = (step.pk, language)
        if place not in self._html:
            with override(language):
                self._html[place] = str(asking.html(self.question(step, language)))
        return self._html[place]

    @cached_property
    def _asking(self) -> dict[str, Step]:
        return {str(step.question.key): step for step in self.steps if step.question}


def known_language(wanted: str) -> str:
    """The reader's language when we speak it, else the installation's first."""
    for each in (wanted, wanted.split("-")[0]):
        if each in LANGUAGES:
            return each
    return settings.LANGUAGE_CODE
