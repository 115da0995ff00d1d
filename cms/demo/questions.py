"""The demo's questions, as an editor would type them. Block ids are fixed, so that a second run changes nothing."""

import uuid
from typing import Any

SPACE = uuid.UUID("6f1f7a0e-3a52-4f0e-9a0a-0b5c1e5a1995")  # any fixed one


def key(name: str) -> str:
    """The same id for the same name, every time."""
    return str(uuid.uuid5(SPACE, name))


def options(name: str, *labels: str) -> list[dict[str, Any]]:
    return [
        {"type": "item", "id": key(f"{name}/{number}"), "value": {"label": label}}
        for number, label in enumerate(labels, 1)
    ]


def option_keys(name: str, number: int) -> list[str]:
    """The keys of the first `number` options made with `options(name, ...)`."""
    return [key(f"{name}/{each}") for each in range(1, number + 1)]


def question(
    kind: str, name: str, label: str, help: str = "", required: bool = False, **more: Any
) -> dict[str, Any]:
    return {
        "type": kind,
        "id": key(name),
        "value": {"label": label, "help": help, "required": required, **more},
    }


def section(name: str, title: str, intro: str, *questions: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "section",
        "id": key(name),
        "value": {"title": title, "intro": intro, "questions": list(questions)},
    }


NEIGHBOURHOODS = (
    "Centrum",
    "Zuiderzeewijk",
    "Atolwijk",
    "Boswijk",
    "Waterwijk",
    "Lelystad-Haven",
    "Kustwijk",
    "Warande",
    "Ergens anders",
)

TOWN_SURVEY = [
    section(
        "town/you",
        "Jij en Lelystad",
        "Drie korte vragen om te beginnen. Je hoeft je naam niet te geven.",
        question(
            "single_choice",
            "town/where",
            "Waar woon je?",
            required=True,
            options=options("town/where", *NEIGHBOURHOODS),
        ),
        question(
            "number",
            "town/years",
            "Hoeveel jaar woon je in Lelystad?",
            help="Een schatting is goed. Woon je er korter dan een jaar? Vul dan 0 in.",
            least=0,
            most=59,
            unit="",
        ),
        question(
            "scale",
            "town/home",
            "Hoe thuis voel je je in Lelystad?",
            low_label="Helemaal niet thuis",
            high_label="Helemaal thuis",
            low=1,
            high=10,
        ),
    ),
    section(
        "town/do",
        "Wat je doet en wat je mist",
        "",
        question(
            "multiple_choice",
            "town/did",
            "Wat deed je de afgelopen maand?",
            options=options(
                "town/did",
                "Sporten of bewegen",
                "Naar een voorstelling, film of concert",
                "Naar de bibliotheek",
                "Iets leren of maken met anderen",
                "Helpen als vrijwilliger",
                "Afspreken met buren",
                "Geen van deze",
            ),
        ),
        question(
            "ranking",
            "town/more",
            "Waar wil je het liefst meer van?",
            options=options(
                "town/more",
                "Plekken om binnen te lopen",
                "Dingen om samen te maken",
                "Feesten en voorstellingen",
                "Rust en groen",
            ),
        ),
        question(
            "points",
            "town/money",
            "Stel dat jij het geld mag verdelen. Hoeveel van de 100 punten gaat waarheen?",
            items=options(
                "town/money",
                "Avonden in de wijk",
                "Een voorstelling over onze stad",
                "Een plek die altijd open is",
                "Hulp voor wie zelf iets organiseert",
            ),
            total=100,
            may_keep=False,
        ),
        question(
            "open_text",
            "town/miss",
            "Wat mis je in Lelystad? En waarom is dat belangrijk voor je?",
            help="Schrijf zoals je praat. Zet er geen namen of adressen in.",
            rows=5,
        ),
    ),
    section(
        "town/think",
        "Wat je vindt",
        "Nog twee vragen. Er is geen goed of fout antwoord.",
        question(
            "statements",
            "town/statements",
            "Ben je het eens met deze zinnen?",
            statements=options(
                "town/statements",
                "Ik ken genoeg mensen bij mij in de buurt.",
                "Ik ben trots op Lelystad.",
                "Er is ’s avonds genoeg te doen.",
                "Ik wil zelf wel iets organiseren.",
            ),
        ),
        question(
            "importance_satisfaction",
            "town/matter",
            "Hoe belangrijk is dit voor jou, en hoe tevreden ben je nu?",
            items=options(
                "town/matter",
                "Andere mensen ontmoeten",
                "Iets te doen in de avond",
                "Weten hoe Lelystad is ontstaan",
                "Een plek waar je niets hoeft te kopen",
            ),
        ),
    ),
]

EVENING_SCRIPT = [
    {
        "type": "slide",
        "id": key("evening/welcome"),
        "value": {
            "title": "Welkom bij het stadsgesprek",
            "text": "Fijn dat je er bent. We willen weten wat jij nodig hebt in Lelystad. "
            "Je doet mee met je telefoon. Je naam is niet nodig.",
        },
    },
    question(
        "single_choice",
        "evening/where",
        "Waar kom jij andere mensen tegen?",
        help="Kies de plek waar het het vaakst gebeurt.",
        options=options(
            "evening/where",
            "In de bibliotheek",
            "Op straat of in de winkel",
            "Bij de sport",
            "Op school of op het werk",
            "Bijna nergens",
        ),
    ),
    question(
        "word_cloud",
        "evening/words",
        "Welke woorden passen bij Lelystad?",
        help="Schrijf op wat als eerste in je opkomt.",
        most=3,
    ),
    question(
        "scale",
        "evening/proud",
        "Hoe trots ben je op Lelystad?",
        low_label="Niet trots",
        high_label="Heel trots",
        low=1,
        high=5,
    ),
    question(
        "open_text",
        "evening/moment",
        "Wanneer was je voor het laatst trots op Lelystad?",
        help="Eén of twee zinnen is genoeg.",
        rows=3,
    ),
    question(
        "ranking",
        "evening/choose",
        "Wat moeten we als eerste doen?",
        options=options(
            "evening/choose",
            "Een voorstelling over onze geschiedenis",
            "Elke week samen eten",
            "Een huiskamer in elke wijk",
        ),
    ),
    question(
        "pairwise",
        "evening/rather",
        "Waar ga jij liever heen?",
        items=options(
            "evening/rather",
            "Samen eten",
            "Een concert",
            "Een verhalenavond",
            "Iets maken",
        ),
        pairs=6,
    ),
    {
        "type": "wall",
        "id": key("evening/wall"),
        "value": {"label": "Wat zou jij graag samen met anderen maken?", "approve_first": False},
    },
    {
        "type": "talk",
        "id": key("evening/talk"),
        "value": {
            "label": "Wat heeft jouw buurt nodig om zelf iets te beginnen?",
            "text": "Vertel om de beurt. Schrijf samen op waar jullie het over eens zijn.",
            "by": "random",
            "tables": [],
            "count": 4,
            "size": None,
            "approve_first": False,
        },
    },
    {
        "type": "stage",
        "id": key("evening/stage"),
        "value": {"label": "Vragen aan de wethouder"},
    },
]

YOUTH_SURVEY = [
    section(
        "youth/all",
        "Een plek voor jongeren",
        "Vijf vragen over jouw vrije tijd in de Waterwijk.",
        question(
            "single_choice",
            "youth/age",
            "Hoe oud ben je?",
            options=options(
                "youth/age", "Jonger dan 12", "12 tot en met 15", "16 tot en met 20", "Ouder dan 20"
            ),
        ),
        question(
            "single_choice",
            "youth/where",
            "Waar ben je meestal na school?",
            options=options("youth/where", "Thuis", "Op straat", "Bij een club", "Bij vrienden"),
        ),
        question(
            "scales",
            "youth/place",
            "Welk cijfer geef je jouw wijk?",
            statements=options("youth/place", "Om te sporten", "Om vrienden te zien", "Om rustig te zitten"),
            points=5,
            low_label="heel slecht",
            high_label="heel goed",
        ),
        question(
            "open_text",
            "youth/wish",
            "Wat zou je willen doen op een eigen plek?",
            rows=4,
        ),
        question(
            "statements",
            "youth/statements",
            "Ben je het eens met deze zinnen?",
            statements=options(
                "youth/statements",
                "Ik weet waar ik heen kan als het regent.",
                "Volwassenen luisteren naar ons.",
            ),
        ),
    ),
]

SUNDAY_SCRIPT = [
    question(
        "single_choice",
        "sunday/when",
        "Hoe laat kom je het liefst?",
        options=options("sunday/when", "Om tien uur", "Om twaalf uur", "Om twee uur"),
    ),
]
