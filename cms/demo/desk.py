"""The demo's staff: they note what they hear, quote, name needs, reply."""

import uuid
from datetime import timedelta
from typing import Any

from participation.contributions import actions as boards
from participation.contributions.models import Contribution, Thread
from participation.needs import actions as needs
from participation.needs.models import FieldNote, Need, Theme
from participation.organisations.models import Organisation
from participation.people.models import User
from participation.projects.models import Project
from surveys.models import Answer

from .clock import as_of, days
from .harvest import BEHIND, NEEDS, QUOTES, THEMES, YOUTH_NEED, YOUTH_QUOTES
from .questions import SPACE
from .residents import IDEAS, NOTES


def write_notes(organisation: Organisation, project: Project, actor: User) -> None:
    for number, (verbatim, meaning, workaround, context, place, role, ago) in enumerate(NOTES):
        moment = days(-ago, hour=16)
        with as_of(moment):
            needs.add_note(
                organisation=organisation,
                actor=actor,
                project=project,
                verbatim=verbatim,
                interpretation=meaning,
                workaround=workaround,
                context=context,
                place=place,
                role=role,
                consent=True,
                heard_on=moment.date(),
                client_id=uuid.uuid5(SPACE, f"{organisation.slug}/note-{number}"),
            )


def answer_ideas(thread: Thread, editor: User, moderator: User) -> None:
    """Replies and statuses as the town gave them."""
    for words in IDEAS:
        idea = Contribution.objects.get(thread=thread, title=words.title)
        with as_of(days(-words.decided, hour=11)):
            if words.reply:
                boards.reply(idea, text=words.reply, status=words.status, actor=editor)
            elif words.status != Contribution.Status.NEW:
                boards.set_status(idea, status=words.status, actor=editor)
            if words.pinned:
                boards.pin(idea, True, actor=moderator)


def name_needs(
    organisation: Organisation, project: Project, researcher: User, reader: User
) -> dict[str, Need]:
    """Themes, needs, the quotes under them (each read after it was said) and what lies behind. Gives the needs by their
    name in `harvest`."""
    with as_of(days(-16, hour=10)):
        themes = {
            name: needs.make_theme(organisation=organisation, actor=researcher, name=name) for name in THEMES
        }
        made = {
            name: _need(organisation, project, researcher, themes, *need[:5]) for name, need in NEEDS.items()
        }
    for order, (kind, text, fragment, *backed) in enumerate(QUOTES):
        source = _source(project, kind, text)
        read = max(days(-15, hour=9), source.created_at + timedelta(days=1))
        with as_of(read + timedelta(minutes=10 * order)):
            for name, stance in backed:
                needs.quote(
                    organisation=organisation,
                    actor=researcher,
                    source=source,
                    fragment=fragment,
                    need=made[name],
                    stance=stance,
                )
    with as_of(days(-8, hour=15)):
        for latent, manifest, why in BEHIND:
            needs.put_behind(
                organisation=organisation,
                actor=researcher,
                latent=made[latent],
                manifest=made[manifest],
                why=why,
            )
        for name in ("belong", "pride"):
            needs.agree(made[name], organisation=organisation, actor=reader)
    return made


def _need(
    organisation: Organisation, project: Project, actor: User, themes: dict[str, Theme], *words: Any
) -> Need:
    kind, theme, sentence, because, fundamental = words
    return needs.make_need(
        organisation=organisation,
        actor=actor,
        project=project,
        kind=kind,
        theme=themes[theme],
        sentence=sentence,
        because=because,
        fundamental=fundamental,
    )


def _source(project: Project, kind: str, text: str) -> Answer | Contribution | FieldNote:
    """The one text of this project in which these words stand."""
    if kind == "note":
        return FieldNote.objects.get(project=project, verbatim__contains=text)
    if kind in ("idea", "comment"):
        return Contribution.objects.get(
            thread__project=project, text__contains=text, parent__isnull=kind == "idea"
        )
    texts = Answer.objects.filter(question__questionnaire__project=project, question__kind="open_text")
    return next(answer for answer in texts if text in answer.value)


def name_youth_needs(
    organisation: Organisation, project: Project, researcher: User, owner: User
) -> list[Need]:
    """What the young people of the finished project need, with three of their own sentences."""
    with as_of(days(-194, hour=10)):
        theme = needs.make_theme(organisation=organisation, actor=researcher, name=YOUTH_NEED[0])
        made = needs.make_need(
            organisation=organisation,
            actor=researcher,
            project=project,
            theme=theme,
            sentence=YOUTH_NEED[1],
            because=YOUTH_NEED[2],
        )
        for quoted in YOUTH_QUOTES:
            needs.quote(
                organisation=organisation,
                actor=researcher,
                source=_source(project, "answer", quoted),
                fragment=quoted,
                need=made,
            )
        needs.show_need(made, organisation=organisation, actor=owner)
    return [made]


def show_needs(organisation: Organisation, made: dict[str, Need], owner: User) -> None:
    with as_of(days(-7, hour=10)):
        for name, need in made.items():
            if NEEDS[name][5]:
                needs.show_need(need, organisation=organisation, actor=owner)
