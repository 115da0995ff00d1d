"""From what was heard to what will be done, chosen with the people it is for."""

from .writing import Say, Script, ask, slide, stage, wall

IDEAS = [
    Say("Elke week samen eten", "Eating together every week"),
    Say("Een huiskamer in de buurt, zonder drempel", "A living room in the neighbourhood, open to all"),
    Say("Samen een voorstelling maken over hier", "Making a play about this place together"),
    Say(
        "Leren van elkaar: jij kunt iets, ik kan iets",
        "Learning from each other: you can do this, I can do that",
    ),
]

SCRIPT = Script(
    slug="choosing",
    name=Say("Een programma kiezen", "Choosing a programme"),
    title=Say("Wat gaan we doen?", "What are we going to do?"),
    what_for=Say(
        "Kiezen uit ideeën voor een programma, samen met de mensen voor wie het is.",
        "Choosing from ideas for a programme, together with the people it is for.",
    ),
    brings=Say(
        "Een volgorde, en de redenen erbij. Per idee hoeveel mensen zelf komen en wie wil helpen.",
        "An order, with the reasons. For each idea how many people will come themselves and how many want to help.",
    ),
    advice=Say(
        "Schrijf vooraf op de eerste dia wat jullie echt hoorden. Zet je eigen ideeën in het script, met dezelfde woorden "
        "in elke vraag. Vier tot zes is genoeg.",
        "Beforehand, write on the first slide what you really heard. Put your own ideas in the script, in the same words in "
        "every question. Four to six is enough.",
    ),
    intro=Say(
        "We hoorden wat mensen nodig hebben. Nu kiezen we samen wat we gaan doen.",
        "We heard what people need. Now we choose together what we are going to do.",
    ),
    steps=(
        slide(
            Say("Dit hoorden we van jullie", "This is what we heard from you"),
            Say(
                "Veel mensen willen elkaar beter leren kennen, en samen iets doen waar ze trots op zijn. "
                "Vandaag kiezen we wat daarbij past.",
                "Many people want to know each other better, and to do something together that they are proud of. "
                "Today we choose what fits that.",
            ),
        ),
        ask(
            "single_choice",
            Say("Herken je dit?", "Do you recognise this?"),
            Say("Zeg het gerust als het niet klopt.", "Feel free to say when it is not right."),
            options=[
                Say("Ja, dit gaat over mij", "Yes, this is about me"),
                Say("Ja, ik ken mensen voor wie dit klopt", "Yes, I know people for whom this is true"),
                Say("Voor een deel", "Partly"),
                Say("Nee, voor mij is het anders", "No, for me it is different"),
            ],
        ),
        ask(
            "ranking",
            Say("Wat helpt daar het meest bij?", "What helps most with that?"),
            Say("Zet het beste idee bovenaan.", "Put the best idea on top."),
            options=IDEAS,
        ),
        ask(
            "open_text",
            Say("Waarom staat jouw eerste bovenaan?", "Why is your first one on top?"),
            Say("Zo weten we waar het jou om gaat.", "So we know what it is about for you."),
            rows=3,
        ),
        ask(
            "points",
            Say(
                "Stel: jij verdeelt het geld. Hoeveel gaat waarheen?",
                "Suppose you divide the money. How much goes where?",
            ),
            Say("Het hoeft niet gelijk verdeeld.", "It need not be divided equally."),
            items=IDEAS,
        ),
        ask(
            "multiple_choice",
            Say("Waar kom je zelf naartoe?", "To which would you come yourself?"),
            Say(
                "Kies alles waar je echt voor de deur uit gaat.",
                "Choose all for which you would leave the house.",
            ),
            options=IDEAS,
        ),
        ask(
            "multiple_choice",
            Say("Waar wil je bij helpen?", "With which do you want to help?"),
            Say(
                "Een uurtje telt ook. Je zit nergens aan vast.",
                "An hour counts too. It does not commit you to anything.",
            ),
            options=IDEAS,
        ),
        wall(
            Say(
                "Wie missen we hier? En hoe komt het dat die persoon wel meedoet?",
                "Whom do we miss here? And what would make that person take part?",
            )
        ),
        stage(Say("Vragen aan wie dit gaat maken", "Questions to those who will make this")),
        slide(
            Say("En nu verder", "And from here"),
            Say(
                "We beginnen klein en kijken na een paar keer of het werkt. Met de code op je telefoon zie je wat er komt, "
                "en wanneer.",
                "We begin small and see after a few times whether it works. With the code on your phone you see what "
                "comes, and when.",
            ),
        ),
    ),
)
