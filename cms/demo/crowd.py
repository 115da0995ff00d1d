"""The demo's residents take part: they answer, write, comment and support, each at their own moment."""

import random
import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from participation.contributions import actions as boards
from participation.contributions.models import Thread
from participation.organisations.models import Organisation
from participation.people import participants
from participation.people.models import Participant
from participation.projects.actions import receipt_for
from surveys import actions as surveys
from surveys import kinds
from surveys.models import Collector, Questionnaire, QuestionnaireVersion
from surveys.structure import FrozenQuestion, questions

from .clock import as_of, days, past_or_now
from .guessing import grade, points, votes
from .questions import NEIGHBOURHOODS, SPACE, key, option_keys
from .residents import IDEAS, MISSING, YOUTH_WISHES, Idea

# As the README says: the code of whoever wrote the idea that came furthest.
RECEIPT = "DEWEGVANJEZEG"


def resident(organisation: Organisation, name: str) -> Participant:
    """The same name is the same phone, every time the demo is made."""
    return participants.ensure(organisation, uuid.uuid5(SPACE, f"{organisation.slug}/{name}"))


def answer_town_survey(questionnaire: Questionnaire, people: int = 64) -> None:
    """A few people a day since it opened; about a third of them write something."""
    dice = random.Random(1967)  # noqa: S311  (a believable town, not a secret)
    for number in range(people):
        told = MISSING[number // 3] if number % 3 == 0 and number // 3 < len(MISSING) else None
        moment = days(-48 + number * 47 / people, hour=9 + number % 12)
        _fill_in(questionnaire, f"town-{number}", _town_answers(dice, told), moment)


def _town_answers(dice: random.Random, told: tuple[int, int, int, str] | None) -> dict[str, Any]:
    home = told[2] if told else min(10, max(1, round(dice.gauss(6.6, 1.7))))
    where, years = (
        (told[0], told[1]) if told else (dice.randrange(len(NEIGHBOURHOODS)), dice.randrange(0, 55))
    )
    did = [each for each in option_keys("town/did", 6) if dice.random() < 0.34] or option_keys("town/did", 7)[
        6:
    ]
    wishes = option_keys("town/more", 4)
    least = wishes[3]
    wishes.sort(key=lambda each: dice.random() + (0.5 if each == least else 0))
    answers: dict[str, Any] = {
        "town/where": option_keys("town/where", 9)[where],
        "town/years": years,
        "town/home": home,
        "town/did": did,
        "town/more": wishes[: dice.choice((2, 3, 4))],
        "town/money": points(dice, "town/money", (3, 2, 5, 2)),
        "town/statements": votes(dice, "town/statements", (0.42, 0.58, 0.24, 0.31)),
        "town/matter": {
            each: {"importance": grade(dice, important), "satisfaction": grade(dice, satisfied)}
            for each, important, satisfied in zip(
                option_keys("town/matter", 4), (4.4, 3.9, 3.4, 4.1), (2.6, 2.4, 2.9, 2.2), strict=True
            )
        },
    }
    if told:
        answers["town/miss"] = told[3]
    return answers


def answer_youth_survey(questionnaire: Questionnaire, people: int = 34) -> None:
    dice = random.Random(2020)  # noqa: S311
    for number in range(people):
        answers: dict[str, Any] = {
            "youth/age": option_keys("youth/age", 4)[dice.choice((1, 1, 1, 2, 2, 0))],
            "youth/where": option_keys("youth/where", 4)[dice.choice((0, 0, 1, 1, 1, 2, 3))],
            "youth/place": {
                each: grade(dice, mean)
                for each, mean in zip(option_keys("youth/place", 3), (3.8, 2.9, 1.9), strict=True)
            },
            "youth/statements": votes(dice, "youth/statements", (0.2, 0.3)),
        }
        if number % 4 == 0 and number // 4 < len(YOUTH_WISHES):
            answers["youth/wish"] = YOUTH_WISHES[number // 4]
        _fill_in(questionnaire, f"youth-{number}", answers, days(-228 + number, hour=15))


def _fill_in(questionnaire: Questionnaire, name: str, answers: dict[str, Any], moment: datetime) -> None:
    version = questionnaire.versions.first()
    collector = Collector.objects.get(questionnaire=questionnaire, channel=Collector.Channel.WEB)
    assert version is not None
    with as_of(moment), transaction.atomic():
        participant = resident(questionnaire.organisation, name)
        response = surveys.open_response(collector, participant, version, submitted=True)
        surveys.record_answers(
            [
                surveys.Given(
                    response.pk, question, frozen, kinds.get(frozen.kind).field(frozen).clean(value)
                )
                for question, frozen, value in _asked(questionnaire, version, answers)
            ]
        )
        if questionnaire.project:
            receipt_for(participant, questionnaire.project)


def _asked(
    questionnaire: Questionnaire, version: QuestionnaireVersion, answers: dict[str, Any]
) -> list[tuple[Any, FrozenQuestion, Any]]:
    by_key = {str(question.key): question for question in questionnaire.questions.all()}
    frozen = {each.key: each for each in questions(version.structure, "nl")}
    return [(by_key[key(name)], frozen[key(name)], value) for name, value in answers.items()]


def write_ideas(thread: Thread, ideas: Iterable[Idea] = IDEAS) -> None:
    """Ideas over the weeks, comments in the days after, supports since by people who also filled in the survey."""
    ideas = list(ideas)
    with as_of(days(-max(words.ago for words in ideas))):
        town = [
            resident(thread.organisation, f"town-{order}")
            for order in range(max(words.supports for words in ideas))
        ]
    for number, words in enumerate(ideas):
        hour = 10 + number % 10
        with as_of(days(-words.ago, hour)):
            writer = resident(thread.organisation, f"idea-{number}")
            idea = boards.contribute(
                thread, participant=writer, title=words.title, text=words.text, name=words.name
            )
            if thread.project:
                receipt = receipt_for(writer, thread.project)
                if words.pinned:
                    receipt.code = RECEIPT
                    receipt.save()
        for order, comment in enumerate(words.comments, 1):
            with as_of(days(order - words.ago, hour=20)):
                reader = resident(thread.organisation, f"reader-{order}")
                boards.contribute(thread, participant=reader, text=comment, parent=idea)
        boards.bring_supports(
            idea,
            {
                person.pk: past_or_now(days(-words.ago * (1 - order / words.supports), hour=21))
                for order, person in enumerate(town[: words.supports])
            },
        )
