"""The demo's online tour: six stops at one's own pace, with pictures, a film, places on the map and questions."""

import random
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

from participation.live import actions as live
from participation.live.actions.answers import Entry, commit
from participation.live.models import Session
from participation.live.queries import room
from participation.people.models import User
from surveys import kinds

from .clock import as_of, days
from .pages import Editor
from .questions import SPACE, key, options, question
from .tour_said import HEARD, SHOWN

TOUR = {
    "title": "Rondgang: van zee naar stad",
    "slug": "rondgang",
    "picture": "dyke",
    "intro": "Ga mee langs zes plekken, buiten of vanaf de bank. Bij elke halte kijk je rond en beantwoord je één vraag. "
    "Stoppen en later verder gaan kan.",
}
CODE, FIRST_DAY = "112233", -11
FILMS = Path(__file__).parent / "films"
FILM = "from-sea-to-town"
PEOPLE = 31


def tour_script(editor: Editor) -> list[dict[str, Any]]:
    return [
        _slide(
            "begin",
            "Zes haltes, in jouw tempo",
            "Ga naar buiten, of doe het in gedachten. Bij elke halte lees je waar je op let. Daarna komt één vraag. "
            "Je naam is niet nodig.",
        ),
        _slide(
            "harbour",
            "Halte 1: de haven",
            "Hier kwamen de eerste schepen aan, toen er nog geen weg was. Kijk naar het water. Wie zie je er?",
            picture=editor.picture("harbour").pk,
        ),
        question(
            "single_choice",
            "tour/often",
            "Hoe vaak kom jij bij het water?",
            options=options("tour/often", "Elke week", "Elke maand", "Een paar keer per jaar", "Bijna nooit"),
        ),
        _slide(
            "dyke",
            "Halte 2: de dijk",
            "Zonder deze dijk had je nu natte voeten. Voel de wind, en luister.",
            picture=editor.picture("dyke").pk,
        ),
        question(
            "scales",
            "tour/dyke",
            "Hoe fijn vind je het hier?",
            statements=options("tour/dyke", "Om te wandelen", "Om iemand te ontmoeten", "Om alleen te zijn"),
            points=5,
            low_label="Niet fijn",
            high_label="Heel fijn",
        ),
        _slide(
            "film",
            "Halte 3: van zee naar stad",
            "Een filmpje van een kwart minuut. Het heeft geen geluid: de ondertiteling vertelt.",
            video=editor.file(FILMS / f"{FILM}.mp4", "Van zee naar stad").pk,
            captions=editor.file(FILMS / f"{FILM}.nl.vtt", "Van zee naar stad, ondertiteling").pk,
        ),
        question(
            "quiz",
            "tour/dry",
            "Sinds wanneer is hier land?",
            options=_right(options("tour/dry", "Sinds 1932", "Sinds 1957", "Sinds 1986"), 1),
        ),
        _slide(
            "square",
            "Halte 4: het plein",
            "Midden in de stad. Wie is er? Wie is er niet?",
            place="Het plein voor de bibliotheek",
            area="GM0995",
            latitude=52.509,
            longitude=5.475,
        ),
        question(
            "picture_choice",
            "tour/square",
            "Wat past hier het best?",
            options=_pictured(
                editor,
                options("tour/square", "Samen eten", "Een voorstelling", "Spelen"),
                "table",
                "open-air-play",
                "green",
            ),
            most=1,
        ),
        _slide(
            "reeds",
            "Halte 5: het riet",
            "Aan de rand van de stad begint de natuur. Blijf hier een minuut staan. Wat hoor je?",
            picture=editor.picture("reeds").pk,
        ),
        question("open_text", "tour/reeds", "Wat doet deze plek met je?", help="Eén zin is genoeg.", rows=3),
        _slide(
            "yours",
            "Halte 6: jouw plek",
            "Er komt iemand logeren die hier nog nooit was. Waar neem je die mee naartoe?",
            place="Lelystad",
            area="GM0995",
        ),
        question(
            "place",
            "tour/yours",
            "Wijs de plek aan op de kaart.",
            help="Je kunt ook de naam van een wijk kiezen.",
            picture=None,
            area="GM0995",
            most=1,
        ),
        {
            "type": "wall",
            "id": key("tour/wall"),
            "value": {"label": "Wat vertel je erbij?", "approve_first": False},
        },
        _slide(
            "end",
            "Je bent er",
            "Dank je wel voor het lopen. Op je telefoon staat een code: daarmee zie je wat er met jouw antwoorden gebeurt.",
        ),
    ]


def english_captions(editor: Editor) -> int:
    """The id of the film's English captions."""
    return editor.file(FILMS / f"{FILM}.en.vtt", "From sea to town, captions").pk


def _slide(name: str, title: str, text: str, **more: Any) -> dict[str, Any]:
    return {"type": "slide", "id": key(f"tour/slide/{name}"), "value": {"title": title, "text": text, **more}}


def _right(made: list[dict[str, Any]], place: int) -> list[dict[str, Any]]:
    for nth, option in enumerate(made):
        option["value"]["right"] = nth == place
    return made


def _pictured(editor: Editor, made: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    for option, name in zip(made, names, strict=True):
        option["value"]["picture"] = editor.picture(name).pk
    return made


def walk(session: Session, facilitator: User) -> None:
    """A few people a day, each as far as they came."""
    live.command(session, "start", {}, facilitator)
    for step in session.steps.exclude(type="slide").exclude(question__kind="quiz"):
        live.command(session, "show_results", {"step": str(step.key)}, facilitator)
    session.refresh_from_db()
    found = room(session.pk)
    wall = session.steps.get(type="wall")
    for number in range(PEOPLE):
        dice = random.Random(number)  # noqa: S311  (a believable crowd, not a secret)
        phone = uuid.uuid5(SPACE, f"{session.code}/tour-{number}")
        steps = found.steps if number % 4 else found.steps[: 5 + number % 7]
        with as_of(days(FIRST_DAY + number / 3, hour=9 + number % 11) + timedelta(minutes=number)):
            commit(session.pk, [Entry(phone), *_answers(found, steps, phone, number, dice)])
            live.go_to(session.pk, phone, str(steps[-1].key))
            if number % 4 and number < len(SHOWN):
                assert wall.thread is not None
                live.contribute(session.pk, phone, None, wall.thread.public_id, SHOWN[number], "", "nl")


def _answers(found: Any, steps: Any, phone: uuid.UUID, number: int, dice: random.Random) -> list[Entry]:
    given = []
    for step in steps:
        if step.question_id is None:
            continue
        asked = found.question(step, "nl")
        if asked.kind == "open_text":
            value: Any = HEARD[number] if number < len(HEARD) else None
        else:
            value = kinds.get(asked.kind).simulate(asked, dice)
        if value is not None:
            given.append(Entry(phone, question_id=step.question_id, value=value))
    return given
