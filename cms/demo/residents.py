"""What the demo's residents say. Nobody here exists."""

from typing import NamedTuple

# Where (index in NEIGHBOURHOODS), years, at home (1-10), what they miss. About a third of the people write something.
MISSING = [
    (
        6,
        2,
        5,
        "Ik mis plekken waar je vanzelf mensen tegenkomt. In het winkelcentrum koop je iets en ga je weer weg.",
    ),
    (4, 21, 7, "Er is na acht uur niets meer open waar je gewoon kunt zitten. Dan blijf je dus thuis."),
    (
        1,
        34,
        8,
        "Vroeger was er een buurtfeest in onze straat. Dat mis ik, want zo leerde je de nieuwe mensen kennen.",
    ),
    (7, 1, 4, "We wonen hier net. Iedereen is aardig maar we kennen niemand. Hoe begin je?"),
    (
        3,
        40,
        9,
        "Onze kinderen weten niets van de polder. Dat hun opa hier stond toen er nog niets was. Zonde.",
    ),
    (
        0,
        12,
        6,
        "Een theater waar wij zelf op het podium staan, niet alleen maar kijken naar mensen van buiten.",
    ),
    (5, 8, 8, "Meer op het water doen. We wonen aan het IJsselmeer maar je ziet het bijna niet."),
    (2, 17, 5, "Een plek waar je niets hoeft te kopen. Als je weinig geld hebt is alles snel te duur."),
    (2, 9, 6, "Samen koken met de buurt. Ik eet al jaren alleen."),
    (
        6,
        3,
        6,
        "Vrienden buiten Lelystad zeggen altijd: daar is toch niks? Ik weet dan niet wat ik moet zeggen.",
    ),
    (4, 15, 4, "Mijn zoon van 15 heeft geen plek. Hij hangt bij het station en dan komt de politie weer."),
    (8, 0, 7, "Meer to do for people who don't speak Dutch yet. I want to practise with real people."),
    (
        0,
        28,
        8,
        "Het verhaal van de stad. We zijn de jongste stad van Nederland, daar mag je best trots op zijn.",
    ),
    (1, 5, 6, "Gewoon een bankje in de zon met een kop koffie en wat aanspraak."),
    (7, 6, 7, "Dingen om zelf te maken. Ik heb twee linkerhanden maar ik wil het graag leren."),
    (3, 19, 5, "Een reden om naar buiten te gaan. Sinds mijn man er niet meer is zijn de avonden lang."),
    (
        5,
        31,
        9,
        "De haven is prachtig. Zet daar eens een feest neer voor de hele stad, en laat de stad het zelf maken.",
    ),
    (0, 4, 3, "Ik werk in de zorg met wisselende diensten. Alles is op dinsdagavond. Dan kan ik nooit."),
    (4, 11, 6, "geen idee"),
    (6, 7, 8, "Muziek maken met anderen, jong en oud door elkaar."),
    (1, 44, 10, "Dat we elkaar weer groeten. In het begin kende iedereen iedereen, we waren allemaal nieuw."),
]


class Idea(NamedTuple):
    """`ago` and `decided` in days: when it was written, and when staff gave it its status and reply."""

    title: str
    text: str
    name: str = ""
    ago: int = 7
    supports: int = 0
    comments: tuple[str, ...] = ()
    status: str = "new"
    reply: str = ""
    decided: int = 0
    pinned: bool = False


IDEAS = (
    Idea(
        "Een openluchtspel over het ontstaan van de stad",
        "Laat bewoners zelf spelen hoe de polder droogviel en de eerste mensen kwamen. Mijn "
        "vader was polderwerker en kan er uren over vertellen. Buiten, bij de haven, in de "
        "zomer.",
        name="Kleindochter van een pionier",
        ago=38,
        supports=63,
        comments=(
            "Ik wil wel meespelen!",
            "Mijn koor kan zingen.",
            "Denk ook aan mensen die hier later kwamen wonen.",
        ),
        status="accepted",
        reply="Dit gaan we doen. Vier organisaties maken samen met bewoners een voorstelling. Kijk "
        "bij het programma hoe je mee kunt doen.",
        decided=4,
        pinned=True,
    ),
    Idea(
        "Elke vrijdag samen eten in de bibliotheek",
        "Een lange tafel, iedereen neemt iets mee of betaalt drie euro. Niet speciaal voor "
        "ouderen of voor mensen met weinig geld, maar voor iedereen.",
        name="Sam",
        ago=33,
        supports=48,
        comments=(
            "In Dronten doen ze dit al.",
            "Graag ook vegetarisch.",
        ),
        status="considered",
        reply="We zoeken uit of de keuken groot genoeg is. Over drie weken hoor je hier meer.",
        decided=6,
    ),
    Idea(
        "Huiskamer in de wijk, ook in de avond",
        "Een leeg winkelpand waar je binnen kunt lopen tot tien uur. Met koffie, een "
        "spelletje en iemand die gastvrouw is.",
        ago=30,
        supports=39,
        comments=("Dit zou mijn moeder zo helpen.",),
        status="considered",
        decided=6,
    ),
    Idea(
        "Verhalenbankjes",
        "Bankjes in elke wijk met een knop. Druk erop en je hoort een verhaal van iemand die daar woont.",
        name="Bankzitter",
        ago=9,
        supports=27,
        comments=(
            "Mooi! Ook in andere talen.",
            "Wie onderhoudt dat?",
        ),
    ),
    Idea(
        "Zwemsteiger bij Lelystad-Haven",
        "In de zomer wil iedereen het water in. Met een steiger en een trap is dat veiliger.",
        ago=27,
        supports=34,
        comments=("Let op de stroming bij de dijk.",),
        status="declined",
        reply="Dit kan niet op deze plek. Er varen te veel boten en de dijk is van Rijkswaterstaat."
        " Bij het Bovenwater komt wel een nieuwe trap.",
        decided=12,
    ),
    Idea(
        "Taalmaatjes aan de keukentafel",
        "Mensen die Nederlands leren eten een keer mee bij iemand thuis. Je leert de taal het"
        " best als je gewoon praat.",
        name="Nour",
        ago=24,
        supports=31,
    ),
    Idea(
        "Gereedschap lenen in de bibliotheek",
        "Boeken leen je ook. Waarom geen boormachine of een naaimachine?",
        ago=42,
        supports=22,
        comments=("Graag met iemand die het uitlegt.",),
        status="done",
        reply="Sinds deze maand kun je bij de balie vijftien dingen lenen. Je pas is genoeg.",
        decided=5,
    ),
    Idea(
        "Stadsfeest op 28 september",
        "Op die dag in 1967 kregen de eerste bewoners hun sleutel. Maak daar elk jaar een feest van.",
        ago=21,
        supports=19,
    ),
    Idea(
        "Open podium voor jongeren",
        "Eén keer per maand mag je laten zien wat je kunt. Rappen, dansen, grappen. Wij "
        "regelen het zelf, als er een ruimte is.",
        name="Drie meiden uit de Boswijk",
        ago=18,
        supports=41,
        comments=(
            "Geluid kan ik doen.",
            "Mag ik ook komen als ik 30 ben?",
        ),
        status="considered",
        decided=6,
    ),
    Idea(
        "Wandelen met een verhaal",
        "Elke zondag een wandeling met iemand die de wijk kent. Rustig tempo, ook met rollator.",
        ago=14,
        supports=16,
    ),
    Idea(
        "Activiteiten ook overdag en in het weekend",
        "Wie in ploegen werkt kan nooit op een dinsdagavond.",
        ago=12,
        supports=25,
        comments=("Precies dit.",),
    ),
    Idea(
        "Plant fruitbomen op het gras",
        "Dan hebben we over vijf jaar appels en kersen voor iedereen, en een reden om elkaar te helpen.",
        name="Groene buur",
        ago=5,
        supports=29,
        comments=("En een oogstfeest!",),
    ),
)

# Verbatim, what the collector makes of it, work-around, context, place, role, days ago.
NOTES = [
    (
        "Ik kom hier voor de krant, maar eigenlijk voor de mensen. Thuis praat alleen de televisie.",
        "De krant is de reden om te komen, gezelschap is de behoefte.",
        "Komt elke ochtend om tien uur en gaat om twaalf uur weer weg.",
        "Gesprek aan de leestafel",
        "Bibliotheek, centrum",
        "visitor",
        48,
    ),
    (
        "Als ik zeg dat ik uit Lelystad kom, kijken ze je een beetje zielig aan. Maar ik heb het hier juist goed.",
        "Wil een verhaal om trots op te zijn.",
        "Zegt dan maar dat ze ‘bij Amsterdam’ woont.",
        "Stand op de markt",
        "Stadhuisplein",
        "resident",
        41,
    ),
    (
        "Ze zeggen dat we niks willen, maar er wordt ons ook niks gevraagd. Geef ons een sleutel, dan regelen wij het.",
        "Jongeren willen zelf iets mogen maken, niet een activiteit die voor hen bedacht is.",
        "Zitten nu bij het station.",
        "Straatgesprek met vier jongeren",
        "Station",
        "group",
        37,
    ),
    (
        "Mijn vader heeft de Knardijk nog helpen maken. Dat verhaal gaat straks met hem mee het graf in.",
        "De geschiedenis van de stad is jong en nog te horen van mensen zelf.",
        "Heeft zelf een map met foto’s gemaakt, niemand kijkt erin.",
        "Na een lezing",
        "Bibliotheek, centrum",
        "resident",
        33,
    ),
    (
        "Alles is op dinsdagavond. Ik heb late dienst. Dan lijkt het of ik niet wil.",
        "Het tijdstip sluit mensen uit, niet de interesse.",
        "",
        "Koffiepauze in het ziekenhuis",
        "Ziekenhuis",
        "professional",
        30,
    ),
    (
        "Op de cursus leer ik woorden. Maar bij de bakker zeg ik ze pas.",
        "Taal leren is vooral: durven praten met echte mensen.",
        "Gaat elke dag naar een andere winkel.",
        "Taalcafé",
        "Bibliotheek, centrum",
        "visitor",
        22,
    ),
    (
        "Bij de vereniging hebben we een kok, een zaal en een geluidsman. We hebben alleen geen publiek.",
        "Er is veel in de stad, maar het weet elkaar niet te vinden.",
        "",
        "Overleg met verenigingen",
        "Buurthuis Atolwijk",
        "volunteer",
        18,
    ),
    (
        "Ik heb nu drie keer meegedaan met zo’n avond. Ik heb nooit gehoord wat ermee is gebeurd.",
        "Zonder antwoord komt deze man niet nog een keer.",
        "",
        "Aan de deur bij een eerdere bijeenkomst",
        "Zuiderzeewijk",
        "resident",
        12,
    ),
]

YOUTH_WISHES = [
    "Muziek opnemen zonder dat er iemand zegt dat het te hard is",
    "chillen als het regent",
    "Een plek waar wij de sleutel van hebben",
    "huiswerk maken met wifi en dat iemand helpt",
    "Dansen, we oefenen nu in de parkeergarage",
    "gamen maar dan samen",
    "Iets met koken",
    "niks hoeven",
]

PROUD = [
    "Toen de Batavia terugkwam en de hele kade vol stond.",
    "Tijdens de corona, toen de hele straat boodschappen deed voor elkaar.",
    "Toen mijn dochter in de krant stond met haar voetbalteam.",
    "Bij de vogels op de Oostvaardersplassen. Dat heeft niemand anders.",
]
