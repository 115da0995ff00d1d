"""What a programme brought, and whether to go on."""

from .writing import Say, Script, ask, slide, wall

SCRIPT = Script(
    slug="evaluation",
    name=Say("Evaluatie", "Evaluation"),
    title=Say("Wat heeft het gebracht?", "What did it bring?"),
    what_for=Say(
        "Terugkijken op een programma met wie erbij was: wat is er anders, en gaan we door?",
        "Looking back on a programme with those who were there: what is different, and do we go on?",
    ),
    brings=Say(
        "Het verschil dat mensen merken, met hun eigen voorbeelden. En een duidelijk ja, anders of stop.",
        "The difference that people notice, with their own examples. And a clear yes, change or stop.",
    ),
    advice=Say(
        "Stel dezelfde vraag over belang en tevredenheid als aan het begin. Dan kun je vergelijken.",
        "Ask the same question about importance and satisfaction as in the beginning. Then you can compare.",
    ),
    intro=Say(
        "Je was erbij. Vertel ons wat het je bracht, en wat beter kan.",
        "You were there. Tell us what it brought you, and what can be better.",
    ),
    steps=(
        slide(
            Say("Eerlijk terugkijken", "Looking back honestly"),
            Say(
                "Niemand krijgt een rapportcijfer. We willen weten wat het jou bracht en wat we anders moeten doen. "
                "Het duurt ongeveer een half uur.",
                "This is no test. We want to know what it brought you and what we have to do differently. "
                "It takes about half an hour.",
            ),
        ),
        ask(
            "single_choice",
            Say("Hoe vaak was je erbij?", "How often were you there?"),
            Say("Kies wat het dichtst in de buurt komt.", "Choose what comes closest."),
            options=[
                Say("Eén keer", "Once"),
                Say("Een paar keer", "A few times"),
                Say("Bijna altijd", "Almost always"),
                Say("Ik hielp mee", "I helped"),
            ],
        ),
        ask(
            "open_text",
            Say("Welk moment vergeet je niet meer?", "Which moment will you not forget?"),
            Say("Vertel het zoals je het thuis zou vertellen.", "Tell it as you would at home."),
            rows=3,
        ),
        ask(
            "statements",
            Say("Klopt dit voor jou?", "Is this true for you?"),
            Say("Eens, oneens of overslaan: alles is goed.", "Agree, disagree or pass: all are fine."),
            statements=[
                Say("Ik heb iemand leren kennen die ik nu groet.", "I met somebody whom I now greet."),
                Say(
                    "Ik heb iets geleerd of gedaan dat ik nog niet kon.",
                    "I learned or did something new to me.",
                ),
                Say("Ik voel me hier meer thuis dan daarvoor.", "I feel more at home here than before."),
                Say("Ik heb zelf iets kunnen bijdragen.", "I could give something myself."),
                Say("Ik zou het een vriend aanraden.", "I would recommend it to a friend."),
            ],
        ),
        ask(
            "importance_satisfaction",
            Say(
                "Hoe belangrijk is dit voor jou? En hoe tevreden ben je nu?",
                "How important is this to you? And how satisfied are you now?",
            ),
            Say(
                "Geef elke zin twee cijfers: 1 is weinig, 5 is veel.",
                "Give each line two marks: 1 is little, 5 is much.",
            ),
            items=[
                Say("Mensen ontmoeten bij wie ik me thuis voel", "Meeting people with whom I feel at home"),
                Say("Iets kunnen betekenen voor een ander", "Being able to mean something to others"),
                Say("Iets nieuws leren of maken", "Learning or making something new"),
            ],
        ),
        ask(
            "open_text",
            Say("Wat is er voor jou anders dan daarvoor?", "What is different for you than before?"),
            Say("Niets is ook een antwoord.", "Nothing is an answer too."),
            rows=3,
        ),
        ask(
            "single_choice",
            Say("Wat moeten we doen?", "What should we do?"),
            Say("Kies één. Waarom, dat vertel je hierna.", "Choose one. You can tell us why after this."),
            options=[
                Say("Doorgaan zoals het is", "Go on as it is"),
                Say("Doorgaan, maar anders", "Go on, but differently"),
                Say("Stoppen", "Stop"),
            ],
        ),
        wall(
            Say(
                "Wat moet anders? Wie was er niet bij, en wat zou helpen?",
                "What should be different? Who was not there, and what would help?",
            )
        ),
        slide(
            Say("Dank je wel", "Thank you"),
            Say(
                "We vertellen wat we hiermee doen: doorgaan, veranderen of stoppen, en waarom. "
                "Met de code op je telefoon lees je het als eerste.",
                "We tell what we do with this: go on, change or stop, and why. "
                "With the code on your phone you read it first.",
            ),
        ),
    ),
)
