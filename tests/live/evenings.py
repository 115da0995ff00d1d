"""A whole evening in few words: every kind of question, three ways to answer, walls, a stage, tables, captions."""

import uuid
from typing import Any

from participation.contributions.models import Cluster, Thread
from participation.live.actions import contribute, support
from participation.live.actions.answers import Entry, commit
from participation.live.models import Caption, Session, Step, Table
from participation.organisations.models import Organisation
from participation.people.models import Participant
from surveys import kinds
from surveys.actions import record_answer, set_collector
from surveys.models import Response
from surveys.structure import questions
from tests.live.factories import choice, make_session, run, slide, text, wall


def example(slug: str) -> dict[str, Any]:
    """The raw question block of this kind's example."""
    return {"type": slug, "id": str(uuid.uuid4()), "value": kinds.get(slug).example()["block"]}


def open_all(session: Session) -> list[Step]:
    """Every step takes answers, and the room sees what comes of it."""
    closing = [slug for slug, kind in kinds.all_kinds().items() if kind.closes_with_results]
    session.steps.update(is_open=True)
    session.steps.exclude(question__kind__in=closing).update(results_shown=True)
    return list(session.steps.select_related("question", "thread"))


def answer(session: Session, step: Step, value: Any, person: uuid.UUID | None = None) -> uuid.UUID:
    person = person or uuid.uuid4()
    assert "rev" in commit(session.pk, [Entry(person, None, "nl", step.question_id, value)])[0]
    return person


def counted_by_staff(session: Session, step: Step, value: Any, channel: str, **more: Any) -> Response:
    """A vote that is no phone's: a hand, a card."""
    frozen = next(
        each for each in questions(session.version.structure, "nl") if each.key == str(step.question.key)
    )
    response = Response.objects.create(
        organisation=session.organisation,
        collector=set_collector(session.version.questionnaire, channel),
        version=session.version,
        submitted_at=session.created_at,
        **more,
    )
    record_answer(response, step.question, frozen, value)
    return response


def note(session: Session, step: Step, words: str, supporters: int = 0, name: str = "") -> None:
    """What somebody writes at this step, and how many are for it."""
    contribute(session.pk, uuid.uuid4(), None, step.thread.public_id, words, name, "nl")
    written = step.thread.contributions.get(text=words)
    for _each in range(supporters):
        support(session.pk, uuid.uuid4(), None, written.public_id, True)


def table_of(session: Session, step: Step, number: int, *notes: str, name: str = "") -> Table:
    thread = Thread.objects.create(
        organisation=session.organisation, page_key=uuid.uuid4(), kind=Thread.Kind.TALK, name="Notes"
    )
    for words in notes:
        person = Participant.objects.create(organisation=session.organisation)
        thread.contributions.create(organisation=session.organisation, participant=person, text=words)
    return Table.objects.create(step=step, number=number, name=name, thread=thread)


def evening(organisation: Organisation, **extra: Any) -> Session:
    """The choice is asked twice: first 2 phones, 3 hands and 1 card, then 2 phones. Four phones took part in all."""
    script = [
        slide("Welcome", "Good that you are here"),
        choice("Where?"),
        text("What do you miss?"),
        wall("Ideas"),
        wall("Ask the mayor", kind="stage"),
    ]
    session = run(make_session(organisation, *script, **extra), "start")
    _slide, where, missing, ideas, stage = open_all(session)
    people = [uuid.uuid4() for _each in range(4)]
    for person, value in zip(people, ["lib", "sea"], strict=False):
        answer(session, where, value, person)
    for _each in range(3):
        counted_by_staff(session, where, "sea", "hands")
    counted_by_staff(session, where, "lib", "cards")
    where.round = 1
    where.save()
    for person in people[:2]:
        answer(session, where, "lib", person)
    answer(session, missing, "A bench", people[2])
    answer(session, missing, "=1+1", people[3])
    for words, supporters in (("More trees", 0), ("A café", 2), ("Rude", 0)):
        contribute(session.pk, people[0], None, ideas.thread.public_id, words, "", "nl")
        written = ideas.thread.contributions.get(text=words)
        for person in people[:supporters]:
            support(session.pk, person, None, written.public_id, True)
    ideas.thread.contributions.filter(text="Rude").update(state="hidden")
    green = Cluster.objects.create(thread=ideas.thread, name="Green")
    ideas.thread.contributions.filter(text="More trees").update(cluster=green)
    contribute(session.pk, people[1], None, stage.thread.public_id, "When?", "Jo", "nl")
    stage.thread.contributions.update(answered_at=session.created_at)
    talk = Step.objects.create(
        session=session,
        key=uuid.uuid4(),
        position=990,
        type="talk",
        labels={"nl": {"label": "Talk"}},
        results_shown=True,
    )
    table_of(session, talk, 1, "We want light", name="By the window")
    table_of(session, talk, 2)
    Caption.objects.create(session=session, text="Good evening")
    Attending(session).table_of_three(people[3])
    return Session.objects.get(pk=session.pk)


class Attending:
    """How people of a session took part."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def table_of_three(self, person: uuid.UUID) -> None:
        how = {"given_by": "table", "people": 3}
        self.session.attendances.filter(participant=person).update(**how)
        Response.objects.filter(participant=person).update(**how)
