"""The scoreboard of a session's quiz: a point for each right answer, of the questions whose results were shown."""

from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext, ngettext

from surveys import kinds
from surveys.kinds.base import Bar, Chart, number_text, share
from surveys.queries import counted

from .models import Attendance
from .room import Room

MOST_NAMES = 10


def scoreboard(room: Room) -> dict[str, Any]:
    """`top`: the ten best of those with a nickname and a point (place, name, points); `points`: how many people have so
    many, so that a phone knows its own place; `right`: question key -> the right answer; `of`: how many people took part
    in it. Two queries. People without a nickname have a place too and are not named, and so have removed phones."""
    right = _right(room)
    if not right:
        return {"top": [], "points": {}, "right": {}, "of": 0}
    found = (
        counted(test=room.session.rehearsing)
        .filter(_asked(right), response__collector__in=room.collectors)
        .values_list("response__participant")
        .annotate(n=Count("id", filter=_correct(right)))
    )
    points = dict(found)
    people: dict[str, int] = {}
    for n in points.values():
        people[str(n)] = people.get(str(n), 0) + 1
    return {
        "top": _top(room, points),
        "points": people,
        "right": {key: value for _question, _round, key, value in right},
        "of": len(points),
    }


def chart(board: dict[str, Any]) -> Chart:
    """The best ones, with their points; and why the list may begin at place 8, or pass one over."""
    most = max((each["points"] for each in board["top"]), default=0)
    bars = [
        Bar(
            str(number),
            f"{each['place']}. {each['name']}",
            each["points"],
            share(each["points"], most),
            number_text(each["points"], 0),
            [number_text(each["points"], 0)],
        )
        for number, each in enumerate(board["top"])
    ]
    return Chart("", bars, board["of"], _lines(board), headings=[gettext("Name"), gettext("Points")])


def _lines(board: dict[str, Any]) -> list[str]:
    if board["of"] and not any(int(points) for points in board["points"]):
        return [gettext("Nobody has a point yet.")]
    least = min((each["points"] for each in board["top"]), default=0)
    above = sum(people for points, people in board["points"].items() if int(points) > least)
    named = sum(each["points"] > least for each in board["top"])
    return [gettext("People without a nickname have a place too.")] if above > named else []


def told(board: dict[str, Any], answers: dict[str, Any]) -> dict[str, Any]:
    """The same board for who goes at their own pace: what is right only of what they answered."""
    return {**board, "right": {key: value for key, value in board["right"].items() if key in answers}}


def score(room: Room, answers: dict[str, Any]) -> tuple[int, int] | None:
    """How many of the quiz questions that tell what is right this person had right; None when there are none."""
    right = [(key, value) for _question, _round, key, value in _right(room)]
    return (sum(answers.get(key) == value for key, value in right), len(right)) if right else None


def own_place(board: dict[str, Any], answers: dict[str, Any]) -> dict[str, int] | None:
    """Where this person stands: `place`, `of` and `n` right; None when they answered no question that counts."""
    if not any(key in answers for key in board["right"]):
        return None
    n = sum(answers.get(key) == value for key, value in board["right"].items())
    better = sum(people for points, people in board["points"].items() if int(points) > n)
    return {"place": better + 1, "of": board["of"], "n": n}


def spread(board: dict[str, Any]) -> Chart:
    """How many people had so many right: for the report, which names nobody."""
    bars = [
        Bar(n, _points(int(n)), people, share(people, board["of"]))
        for n, people in sorted(board["points"].items(), key=lambda each: -int(each[0]))
    ]
    return Chart("", bars, board["of"], headings=[gettext("Points"), gettext("People"), gettext("Share")])


def _points(n: int) -> str:
    return ngettext("%(n)s point", "%(n)s points", n) % {"n": number_text(n, 0)}


def _right(room: Room) -> list[tuple[int, int, str, Any]]:
    """Question id, round, key and right answer of what was shown."""
    found = []
    for step in room.steps:
        if step.question_id and step.question and step.results_shown:
            frozen = room.question(step, room.session.source_language)
            value = kinds.get(frozen.kind).right_value(frozen)
            if value is not None:
                found.append((step.question_id, step.round, frozen.key, value))
    return found


def _asked(right: list[tuple[int, int, str, Any]]) -> Q:
    wanted = Q()
    for question, nth, _key, _value in right:
        wanted |= Q(question=question, round=nth)
    return wanted


def _correct(right: list[tuple[int, int, str, Any]]) -> Q:
    wanted = Q()
    for question, nth, _key, value in right:
        wanted |= Q(question=question, round=nth, value=value)
    return wanted


def _top(room: Room, points: dict[Any, int]) -> list[dict[str, Any]]:
    """With their real place among everybody; equal points share a place. Nobody without a point is among the best."""
    here = Attendance.objects.filter(session_id=room.session.pk, removed_at=None)
    named = here.exclude(nickname="")
    names = {
        person: name for person, name in named.values_list("participant", "nickname") if points.get(person)
    }
    best = sorted(names, key=lambda person: (-points[person], names[person].casefold()))[:MOST_NAMES]
    return [
        {"place": place_of(points[person], points.values()), "name": names[person], "points": points[person]}
        for person in best
    ]


def place_of(mine: int, all_points: Any) -> int:
    return 1 + sum(1 for each in all_points if each > mine)
