"""The words on the demo's pages, in Dutch. `english.json` has the same in English."""

from .clock import FRIDAY, SATURDAY, THURSDAY, SummerFriday, Weekday
from .residents import Idea

# file in pictures/: title, what can be seen on it, the same in English
PICTURES = {
    "library-square": (
        "Het plein voor de bibliotheek",
        "Mensen praten met elkaar op het plein voor de bibliotheek.",
        "People talk with each other on the square in front of the library.",
    ),
    "green": (
        "Een straat met een speelplek",
        "Buren en kinderen op het gras, voor een rij huizen.",
        "Neighbours and children on the grass, in front of a row of houses.",
    ),
    "table": (
        "Samen aan tafel",
        "Vijf mensen om een ronde tafel met briefjes. Achter hen hangt een bord met meer briefjes.",
        "Five people around a table with notes. Behind them is a board with more notes.",
    ),
    "open-air-play": (
        "Het openluchtspel",
        "Twee mensen spelen toneel onder lampjes. Het publiek zit buiten, tussen de bomen.",
        "Two people act on a stage under little lights. The audience sits outside, between trees.",
    ),
    "harbour": (
        "De haven",
        "Een oud zeilschip aan de kade, met gekleurde huizen erachter.",
        "An old sailing ship at the quay, with coloured houses behind it.",
    ),
    "young-people": (
        "De Sleutel",
        "Vier jongeren zitten op zitzakken en praten. Naast hen staat een boekenkast.",
        "Four young people sit on beanbags and talk. Beside them is a bookcase.",
    ),
    "dyke": (
        "De dijk",
        "Iemand fietst over de dijk. Links is het water, rechts grazen schapen. In de verte staan windmolens.",
        "Somebody cycles along the dyke. On the left is the water, on the right are sheep. Far off are wind turbines.",
    ),
    "reeds": (
        "Het riet",
        "Een reiger in het water, tussen het riet. Twee mensen kijken uit een vogelhut.",
        "A heron in the water, among the reeds. Two people look out of a bird hide.",
    ),
}

PLAY_NIGHT = SummerFriday(150)

TOWN = {
    "organisation": "Samen Lelystad",
    "promise": "Vertel wat jij nodig hebt in Lelystad. Wij zeggen wat we ermee doen.",
    "intro": "Samen Lelystad is van de bibliotheek, de gemeente en hun partners. Meedoen kan zonder account.",
}

MORE = {
    "title": "Meer te doen in Lelystad",
    "slug": "meer-te-doen",
    "picture": "green",
    "lead": "Veel mensen zeggen: er mag hier meer te doen zijn. We zoeken uit wat ze daarmee bedoelen, en doen er iets aan.",
    "question": "Wat mis jij in Lelystad, en waarom is dat belangrijk voor je?",
    "who_decides": "Vier organisaties beslissen samen: de bibliotheek, de gemeente, het theater en het museum. De gemeenteraad "
    "heeft er 60.000 euro voor.",
    "influence": "Jij bepaalt mee waar het over gaat, wat er gemaakt wordt en wie meedoet. Niet meer te kiezen zijn het bedrag "
    "en het aantal avonden.",
    "body": "<p>Lelystad is jong: in 1967 kregen de eerste bewoners hun sleutel. Nu wonen er ruim 83.000 mensen. Veel van hen "
    "zeggen: er mag hier meer te doen zijn. Maar wat bedoelen ze precies? En wat ligt daaronder?</p><p>Daarom luisteren we "
    "eerst. Online, op de markt, in de bibliotheek en bij een stadsgesprek. Alles wat je zegt bewaren we zonder je naam. Met je "
    "code zie je later wat er met jouw antwoord is gebeurd.</p><p>We wachten niet tot het eind. Wat nu al duidelijk is, pakken "
    "we meteen op: het openluchtspel is het eerste.</p>",
    # name, title, text, first day and the day after the last, what is allowed
    "phases": (
        (
            "listen",
            "Luisteren",
            "Vul de vragenlijst in, schrijf een idee of doe mee met het stadsgesprek.",
            -50,
            25,
            ["survey", "session", "idea", "comment", "support"],
        ),
        (
            "understand",
            "Begrijpen",
            "We lezen alles en schrijven op wat mensen nodig hebben. Herken je het? Dat vragen we aan jou.",
            25,
            60,
            ["session", "comment", "support"],
        ),
        (
            "make",
            "Samen maken",
            "Bewoners en organisaties maken samen een programma. Je kunt meedoen, of helpen.",
            60,
            SummerFriday(PLAY_NIGHT.number, later=7),
            ["session", "comment"],
        ),
        (
            "answer",
            "Antwoord",
            "We vertellen wat we deden, wat niet lukte en waarom.",
            SummerFriday(PLAY_NIGHT.number, later=7),
            SummerFriday(PLAY_NIGHT.number, later=49),
            [],
        ),
    ),
}

SURVEY = {
    "title": "Wat mis jij in Lelystad?",
    "slug": "vragenlijst",
    "intro": "Drie delen, samen ongeveer vijf minuten. Je mag vragen overslaan. Aan het eind krijg je een code waarmee je kunt "
    "zien wat er met jouw antwoorden gebeurt.",
}
EVENING = {
    "title": "Stadsgesprek in de bibliotheek",
    "slug": "stadsgesprek",
    "picture": "table",
    "intro": "Doe mee in de zaal of thuis op de bank. Ga naar deze pagina of scan de code op het scherm. Je naam is niet nodig.",
}
BOARD = {
    "title": "Ideeën voor de stad",
    "slug": "ideeen",
    "intro": "Wat zou jij doen als het mocht? Schrijf je idee op, of steun een idee van iemand anders. Op elk idee komt antwoord.",
}
PLAY = {
    "title": "Het verhaal van de polder",
    "slug": "het-verhaal-van-de-polder",
    "picture": "open-air-play",
    "lead": "Een openluchtspel over hoe Lelystad ontstond, gemaakt en gespeeld door bewoners.",
    "body": "<p>In de eerste antwoorden lazen we dat mensen meer te doen willen. Daaronder lag iets anders: elkaar kennen, en trots zijn op de stad. "
    "Daarom maken we samen één groot ding: een voorstelling bij de haven over de zee die land werd, en over iedereen die daarna "
    "kwam.</p>",
    # key, name, text, day, hour, hours long, place
    "activities": (
        (
            "play/table",
            "Verhalentafel",
            "Neem een foto of een voorwerp mee en vertel. Wij schrijven mee.",
            Weekday(SATURDAY, 10),
            14,
            2,
            "Bibliotheek, centrum",
        ),
        (
            "play/weekend",
            "Maakweekend",
            "Decor, kostuums, muziek en tekst. Je hoeft niets te kunnen.",
            Weekday(SATURDAY, 47),
            10,
            7,
            "Atelier bij de haven",
        ),
        (
            "play/rehearsal",
            "Open repetitie",
            "Kom kijken, of doe een keer mee.",
            Weekday(THURSDAY, 96),
            19,
            2,
            "Sportpark Langezand",
        ),
        (
            "play/night",
            "De voorstelling",
            "Drie avonden achter elkaar, steeds bij zonsondergang. Toegang is gratis.",
            PLAY_NIGHT,
            21,
            2,
            "Bataviahaven",
        ),
    ),
}
YOUTH = {
    "title": "Een plek voor jongeren in de Waterwijk",
    "slug": "plek-voor-jongeren",
    "picture": "young-people",
    "lead": "Jongeren vroegen niet om een programma maar om een sleutel. Ze kregen hem.",
    "question": "Wat zou jij doen op een plek die van jullie is?",
    "who_decides": "De gemeente beslist, op advies van tien jongeren uit de wijk.",
    "influence": "Jongeren bepaalden de plek, de openingstijden en de regels.",
    "body": "<p>We vroegen jongeren wat ze misten. Ze wilden geen activiteiten, ze wilden een sleutel. Die kregen "
    "ze.</p>",
    "phases": (
        (
            "youth/listen",
            "Luisteren",
            "Vragenlijst op school en gesprekken op straat.",
            -230,
            -190,
            ["survey", "idea", "comment", "support"],
        ),
        (
            "youth/make",
            "Proberen",
            "Verven, regels afspreken en zes weken proefdraaien in de oude kantine.",
            -190,
            -110,
            ["comment"],
        ),
        ("youth/answer", "Antwoord", "Wat het opleverde en hoe het verder gaat.", -110, -80, []),
    ),
}
YOUTH_SURVEY_PAGE = {
    "title": "Vragenlijst voor jongeren",
    "slug": "vragenlijst-jongeren",
    "intro": "Vijf vragen. Je kunt ze op school of thuis invullen.",
}
CANTEEN = {
    "title": "De Sleutel: een eigen plek in de oude kantine",
    "slug": "de-sleutel",
    "picture": "young-people",
    "lead": "Jongeren kregen de sleutel van de oude kantine en regelen de plek nu zelf.",
    "body": "<p>Na zes weken proberen blijft De Sleutel open. De jongeren maken het rooster, een jongerenwerker helpt als ze dat "
    "vragen.</p>",
    "activities": (
        (
            "youth/open",
            "Eerste avond",
            "Samen verven en de regels opschrijven.",
            Weekday(FRIDAY, -180),
            19,
            3,
            "Oude kantine, Waterwijk",
        ),
        (
            "youth/stage",
            "Open podium",
            "Acht optredens, zeventig bezoekers.",
            Weekday(FRIDAY, -120),
            19,
            3,
            "Oude kantine, Waterwijk",
        ),
    ),
}
RESULTS = {
    "title": "Dit deden we met jullie antwoorden",
    "slug": "resultaten",
    "picture": "young-people",
    "lead": "De oude kantine in de Waterwijk is nu van jongeren. Dit is wat we hoorden, besloten en deden.",
    "figure": "26",
    "figure_label": "jongeren per avond in De Sleutel, een plek die ze zelf regelen",
    "answer": "<p>Jongeren hebben nu een eigen plek: De Sleutel, in de oude kantine. Ze regelen hem zelf en hij blijft drie jaar open.</p>",
    "heard": "<p>We hoorden 34 jongeren via de vragenlijst en spraken er 22 op straat. De meesten zijn na school thuis of op straat. "
    "Ze vroegen niet om een programma, maar om een plek waar zij de baas zijn.</p>",
    "decided": "<p>De oude kantine in de Waterwijk is voor jongeren. Tien van hen hebben een sleutel.</p>",
    "why": "<p>Een nieuw gebouw was te duur en duurde te lang. Activiteiten van buiten trokken eerder weinig mensen.</p>",
    "happened": "<p>In zes weken kwamen er gemiddeld 26 jongeren per avond. Er was twee keer te veel geluid. Daarover zijn nu "
    "afspraken met de buren. De plek blijft drie jaar open.</p>",
}
NEWS = (
    {
        "title": "Het wordt een openluchtspel",
        "slug": "openluchtspel",
        "picture": "harbour",
        "lead": "Vier organisaties maken samen met bewoners een voorstelling bij de haven.",
        "text": "<p>Uit de eerste antwoorden kwam steeds hetzelfde naar voren: je wilt elkaar kennen en trots "
        "zijn op de stad. Daarom komt er in de zomer een openluchtspel. Op de verhalentafel begint "
        "het.</p>",
        "day": -3,
    },
    {
        "title": "Stadsgesprek: je kunt nu meedoen",
        "slug": "stadsgesprek-open",
        "picture": "table",
        "lead": "De eerste vraag staat open. Meedoen kan met code 123456.",
        "text": "<p>Ga naar ‘Doe mee met een code’ en typ 123456. Je hebt geen account nodig en je naam is niet "
        "nodig.</p>",
        "day": 0,
    },
    {
        "title": "De Sleutel blijft drie jaar open",
        "slug": "de-sleutel-blijft",
        "picture": "young-people",
        "lead": "De plek voor jongeren in de Waterwijk was een proef. Nu blijft hij.",
        "text": "<p>In zes weken kwamen er gemiddeld 26 jongeren per avond. Lees wat ze vroegen, wat we deden en"
        " wat niet lukte.</p>",
        "day": -85,
    },
)
NEIGHBOUR = {
    "organisation": "Bibliotheek De Buur",
    "promise": "De bibliotheek van het dorp. Wat wil jij hier kunnen doen?",
    "lead": "Vertel het ons in een minuut. Je hoort wat we ermee doen.",
    "project": {
        "title": "De bibliotheek op zondag",
        "slug": "zondag",
        "lead": "We willen op zondag open. Help kiezen wanneer.",
        "question": "Wanneer wil jij binnen kunnen lopen?",
        "who_decides": "Het bestuur van de bibliotheek.",
        "influence": "Jij helpt kiezen welke zondagen en hoe laat.",
        "body": "<p>We willen op zondag open. Help kiezen wanneer.</p>",
        "phases": (
            (
                "buur/listen",
                "Luisteren",
                "Vertel wanneer je zou komen.",
                -10,
                30,
                ["survey", "session", "idea", "comment", "support"],
            ),
        ),
    },
    "board": {
        "title": "Ideeën voor de zondag",
        "slug": "ideeen",
        "intro": "Wat doe je graag op zondag in de bibliotheek?",
    },
    "ideas": (
        Idea("Voorlezen met koekjes", "Om elf uur, voor kleine kinderen en opa’s en oma’s.", ago=8),
        Idea("Stille zondag", "Een ochtend zonder activiteiten, alleen lezen.", name="Lezer", ago=4),
    ),
    "session": {
        "title": "Zondag: wat past jou?",
        "slug": "zondag-live",
        "intro": "Drie vragen over de zondag.",
    },
    "code": "654321",
}
