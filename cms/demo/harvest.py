"""What staff made of it: themes, needs, the quotes under them, and what is done.

A quote names its source by where it is found: ("answer" | "idea" | "comment" | "note" | "wish", a piece of its text).
"""

THEMES = ("Ontmoeten", "Trots en geschiedenis", "Zelf maken", "Tijd en plek")

# name: (kind, theme, sentence, because, fundamental, public)
NEEDS = {
    "more_to_do": (
        "manifest",
        "Tijd en plek",
        "Bewoners willen meer te doen hebben in de avond en het weekend, als zij vrij zijn.",
        "Nu is veel op dinsdagavond, of het kost geld.",
        "",
        True,
    ),
    "place": (
        "manifest",
        "Ontmoeten",
        "Mensen die veel alleen zijn willen ergens kunnen binnenlopen zonder iets te kopen.",
        "Een gesprek begint makkelijker als je ergens vaker komt.",
        "",
        True,
    ),
    "story": (
        "manifest",
        "Trots en geschiedenis",
        "Bewoners willen het verhaal van de polder horen en doorgeven, zolang de pioniers er nog zijn.",
        "De stad is jong en het verhaal verdwijnt met de mensen.",
        "",
        True,
    ),
    "key": (
        "manifest",
        "Zelf maken",
        "Jongeren willen na school een eigen plek die ze zelf regelen.",
        "Nu worden ze overal weggestuurd.",
        "",
        True,
    ),
    "language": (
        "manifest",
        "Ontmoeten",
        "Mensen die Nederlands leren willen oefenen met buren in gewone gesprekken.",
        "In de les durven ze wel, op straat nog niet.",
        "",
        False,
    ),
    "belong": (
        "latent",
        "Ontmoeten",
        "Mensen willen gekend worden in hun eigen buurt: dat iemand ze groet, en merkt als ze er niet zijn.",
        "",
        "affection",
        True,
    ),
    "pride": (
        "latent",
        "Trots en geschiedenis",
        "Lelystedelingen willen trots zijn op hun stad, en er zelf een rol in hebben.",
        "",
        "identity",
        True,
    ),
    "make": (
        "latent",
        "Zelf maken",
        "Mensen willen niet alleen kijken, maar iets maken dat ertoe doet.",
        "",
        "creation",
        True,
    ),
}

# latent, manifest, why (the ladder in short)
BEHIND = (
    (
        "belong",
        "place",
        "Waarom een plek? Om mensen te zien. Waarom? Omdat thuis niemand merkt hoe het gaat.",
    ),
    ("belong", "more_to_do", "Waarom meer te doen? Om eruit te komen. Waarom? Om niet alleen te zijn."),
    ("belong", "language", "Waarom oefenen? Om mee te praten. Waarom? Om erbij te horen."),
    ("pride", "story", "Waarom het verhaal? Om te weten waar je bij hoort. Waarom? Om trots te zijn."),
    ("make", "key", "Waarom een sleutel? Om zelf te bepalen. Waarom? Om te laten zien wat je kunt."),
)

# source kind, where to find it, the fragment, (need, stance)...
QUOTES = (
    (
        "answer",
        "vanzelf mensen tegenkomt",
        "plekken waar je vanzelf mensen tegenkomt",
        ("place", "for"),
        ("belong", "for"),
    ),
    ("answer", "na acht uur niets meer open", "Er is na acht uur niets meer open", ("more_to_do", "for")),
    ("answer", "Vroeger was er een buurtfeest", "zo leerde je de nieuwe mensen kennen", ("belong", "for")),
    ("answer", "We wonen hier net", "Iedereen is aardig maar we kennen niemand.", ("belong", "for")),
    (
        "answer",
        "Onze kinderen weten niets",
        "Onze kinderen weten niets van de polder.",
        ("story", "for"),
        ("pride", "for"),
    ),
    ("answer", "zelf op het podium", "wij zelf op het podium staan", ("make", "for"), ("story", "for")),
    ("answer", "niets hoeft te kopen. Als", "Een plek waar je niets hoeft te kopen.", ("place", "for")),
    (
        "answer",
        "Ik eet al jaren alleen",
        "Samen koken met de buurt. Ik eet al jaren alleen.",
        ("place", "for"),
        ("belong", "for"),
    ),
    (
        "answer",
        "daar is toch niks",
        "Vrienden buiten Lelystad zeggen altijd: daar is toch niks?",
        ("pride", "for"),
    ),
    (
        "answer",
        "Alles is op dinsdagavond. Dan",
        "Alles is op dinsdagavond. Dan kan ik nooit.",
        ("more_to_do", "for"),
    ),
    ("answer", "Mijn zoon van 15", "Mijn zoon van 15 heeft geen plek.", ("key", "for")),
    ("answer", "De haven is prachtig", "laat de stad het zelf maken", ("make", "for"), ("pride", "for")),
    (
        "idea",
        "Mijn vader was polderwerker",
        "Mijn vader was polderwerker en kan er uren over vertellen.",
        ("story", "for"),
    ),
    ("idea", "Een lange tafel", "Een lange tafel, iedereen neemt iets mee", ("place", "for")),
    (
        "idea",
        "Wij regelen het zelf",
        "Wij regelen het zelf, als er een ruimte is.",
        ("key", "for"),
        ("make", "for"),
    ),
    (
        "idea",
        "Je leert de taal het best",
        "Je leert de taal het best als je gewoon praat.",
        ("language", "for"),
    ),
    ("comment", "Ik wil wel meespelen", "Ik wil wel meespelen!", ("make", "for")),
    ("note", "eigenlijk voor de mensen", "eigenlijk voor de mensen", ("belong", "for"), ("place", "for")),
    ("note", "een beetje zielig", "kijken ze je een beetje zielig aan", ("pride", "for")),
    (
        "note",
        "Geef ons een sleutel",
        "Geef ons een sleutel, dan regelen wij het.",
        ("key", "for"),
        ("make", "for"),
    ),
    ("note", "Knardijk", "Dat verhaal gaat straks met hem mee het graf in.", ("story", "for")),
    (
        "note",
        "Dan lijkt het of ik niet wil",
        "Ik heb late dienst. Dan lijkt het of ik niet wil.",
        ("more_to_do", "for"),
    ),
    (
        "note",
        "bij de bakker",
        "Op de cursus leer ik woorden. Maar bij de bakker zeg ik ze pas.",
        ("language", "for"),
    ),
    ("note", "We hebben alleen geen publiek", "We hebben alleen geen publiek.", ("make", "against")),
)

YOUTH_NEED = (
    "Zelf maken",
    "Jongeren in de Waterwijk willen na school een plek die van hen is, waar ze binnen kunnen zijn en zelf beslissen.",
    "Thuis is het druk en op straat worden ze weggestuurd.",
)
YOUTH_QUOTES = (
    "Een plek waar wij de sleutel van hebben",
    "chillen als het regent",
    "Dansen, we oefenen nu in de parkeergarage",
)
