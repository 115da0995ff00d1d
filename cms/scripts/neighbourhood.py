"""How it should be, why that matters, and how it is now."""

from .writing import Say, Script, ask, slide, wall

SCRIPT = Script(
    slug="neighbourhood",
    name=Say("Welke buurt willen we?", "What neighbourhood do we want?"),
    title=Say("In wat voor buurt wil je wonen?", "What kind of neighbourhood do you want?"),
    what_for=Say(
        "Met bewoners kijken hoe hun buurt moet zijn, en hoe die nu is. Goed voor het begin van een traject.",
        "Looking with residents at how their neighbourhood should be, and how it is now. Good for a beginning.",
    ),
    brings=Say(
        "Per onderwerp het verschil tussen nu en straks, in woorden van bewoners. En wat zij zelf willen doen.",
        "For each subject the difference between now and later, in residents' words. And what they want to do themselves.",
    ),
    advice=Say(
        "Begin met wat er goed is. Wie alleen klachten hoort, gaat klagen.",
        "Begin with what is good. If you only ask what is wrong, that is all you hear.",
    ),
    intro=Say(
        "Hoe is jouw buurt op haar best? We kijken samen naar nu en naar straks.",
        "What is your neighbourhood at its best? Together we look at now and at later.",
    ),
    steps=(
        slide(
            Say("Jouw buurt op haar best", "Your neighbourhood at its best"),
            Say(
                "Denk aan de straten waar je elke dag loopt. Aan het eind weten we wat we willen houden, "
                "wat anders moet en waar we beginnen.",
                "Think of the streets where you walk every day. At the end we know what we want to keep, "
                "what has to change and where we begin.",
            ),
        ),
        ask(
            "scale",
            Say("Hoe thuis voel je je in je buurt?", "How much at home do you feel in your neighbourhood?"),
            Say("Straks zie je wat anderen zeiden.", "In a moment you see what others said."),
            low=1,
            high=5,
            low_label=Say("Helemaal niet", "Not at all"),
            high_label=Say("Helemaal", "Completely"),
        ),
        ask(
            "word_cloud",
            Say(
                "Hoe is je buurt nu? Zeg het in losse woorden.",
                "How is your neighbourhood now? In single words.",
            ),
            Say("Het eerste wat je te binnen schiet is goed.", "The first thing that comes to mind is fine."),
        ),
        wall(Say("Wat is hier zo goed dat het moet blijven?", "What is so good here that it must stay?")),
        ask(
            "open_text",
            Say("In wat voor buurt wil jij wonen?", "In what kind of neighbourhood do you want to live?"),
            Say(
                "Maak de zin af: in mijn buurt kan ik …, zie ik …, voel ik me …",
                "Finish the sentence: in my neighbourhood I can …, I see …, I feel …",
            ),
            rows=4,
        ),
        ask(
            "open_text",
            Say("Waarom is dat belangrijk voor jou?", "Why is that important to you?"),
            Say(
                "Wat levert het jou op, of iemand om wie je geeft?",
                "What does it give you, or somebody you care for?",
            ),
            rows=3,
        ),
        ask(
            "open_text",
            Say("Hoe is het nu anders?", "How is it different now?"),
            Say("Geef een voorbeeld dat je zelf zag.", "Give an example that you saw yourself."),
            rows=3,
        ),
        ask(
            "statements",
            Say("Klopt dit voor jou?", "Is this true for you?"),
            Say("Eens, oneens of overslaan: alles is goed.", "Agree, disagree or pass: all are fine."),
            statements=[
                Say("Ik groet mijn buren, en zij groeten mij.", "I greet my neighbours, and they greet me."),
                Say("Ik weet bij wie ik kan aankloppen.", "I know at whose door I can knock."),
                Say("’s Avonds loop ik hier rustig over straat.", "In the evening I walk here at ease."),
                Say(
                    "Er is een plek waar ik zomaar binnen kan lopen.",
                    "There is a place where I can just drop in.",
                ),
                Say("Als ik iets wil veranderen, lukt dat hier.", "When I want to change something, I can."),
            ],
        ),
        ask(
            "ranking",
            Say("Waar beginnen we?", "Where do we begin?"),
            Say("Zet bovenaan wat als eerste moet.", "Put on top what has to come first."),
            options=[
                Say("Elkaar leren kennen", "Getting to know each other"),
                Say("Schoon, heel en veilig", "Clean, in good repair and safe"),
                Say("Meer groen, meer schaduw", "More green, more shade"),
                Say("Een plek om binnen te lopen", "A place to drop in"),
                Say("Iets te doen voor jong en oud", "Something to do for young and old"),
            ],
        ),
        wall(
            Say(
                "Wat kunnen buren zelf? En wat is daarvoor nodig?",
                "What can neighbours do themselves? And what does that take?",
            )
        ),
        slide(
            Say("Tot snel in de buurt", "See you in the neighbourhood"),
            Say(
                "We schrijven op wat we hoorden en leggen het aan je voor. Bewaar de code op je telefoon: "
                "daarmee volg je wat ermee gebeurt.",
                "We write down what we heard and put it to you. Keep the code on your phone: "
                "with it you follow what happens.",
            ),
        ),
    ),
)
