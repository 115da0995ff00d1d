"""A guided tour of six stops that everybody does at their own pace: outside, or from the sofa."""

from .writing import Say, Script, ask, slide, wall

SCRIPT = Script(
    slug="tour",
    name=Say("Online rondgang", "Online tour"),
    title=Say("Rondgang langs zes plekken", "A tour of six places"),
    what_for=Say(
        "Een online rondgang: mensen gaan in hun eigen tempo langs zes plekken, buiten of vanaf de bank.",
        "An online tour: people pass six places at their own pace, outside or from the sofa.",
    ),
    brings=Say(
        "Per plek wat mensen zien, voelen en willen. Ook van wie nooit naar een avond komt.",
        "For each place what people see, feel and want. Also from those who never come to an evening.",
    ),
    advice=Say(
        "Zet bij elke halte de naam van de plek en een foto. Hang op de plek zelf een poster met de code.",
        "Give each stop the name of the place and a picture. Put up a poster with the code at the place itself.",
    ),
    intro=Say(
        "Loop mee langs zes plekken. Bij elke halte kijk je even rond en beantwoord je één vraag. "
        "Stoppen en later verder gaan kan.",
        "Come along to six places. At each stop you look around and answer one question. "
        "You can stop and go on later.",
    ),
    pacing="own",
    steps=(
        slide(
            Say("Zes haltes, in jouw tempo", "Six stops, at your pace"),
            Say(
                "Ga naar buiten, of doe het in gedachten. Bij elke halte lees je waar je op let. Daarna komt één vraag. "
                "Je naam is niet nodig.",
                "Go outside, or do it in your mind. At each stop you read what to look at. Then comes one question. "
                "Your name is not needed.",
            ),
        ),
        slide(
            Say("Halte 1: je eigen voordeur", "Stop 1: your own front door"),
            Say(
                "Sta even stil voor je deur. Wat zie je het eerst? Wie kom je hier tegen?",
                "Stand still in front of your door. What do you see first? Whom do you meet here?",
            ),
        ),
        ask(
            "scale",
            Say("Hoe fijn is het om hier thuis te komen?", "How good is it to come home here?"),
            Say("Denk aan de laatste keer dat je thuiskwam.", "Think of the last time you came home."),
            low=1,
            high=5,
            low_label=Say("Niet fijn", "Not good"),
            high_label=Say("Heel fijn", "Very good"),
        ),
        slide(
            Say("Halte 2: de weg die je elke dag gaat", "Stop 2: the way you go every day"),
            Say(
                "Naar de bus, de school of de winkel. Waar loop je om? Waar vertraag je?",
                "To the bus, the school or the shop. Where do you take a detour? Where do you slow down?",
            ),
        ),
        ask(
            "multiple_choice",
            Say("Wat kom je op die weg tegen?", "What do you meet on that way?"),
            Say("Kies alles wat klopt.", "Choose all that is true."),
            options=[
                Say("Mensen die groeten", "People who greet"),
                Say("Groen en schaduw", "Green and shade"),
                Say("Auto’s die te hard rijden", "Cars that go too fast"),
                Say("Losse stoepen of slechte paden", "Loose pavements or bad paths"),
                Say("Een bankje om even te zitten", "A bench to sit down"),
                Say("Plekken waar ik liever niet loop", "Places where I'd rather not walk"),
            ],
        ),
        slide(
            Say("Halte 3: het groen", "Stop 3: the green"),
            Say(
                "Een park, een plantsoen of één boom. Blijf er een minuut. Wat hoor je?",
                "A park, a strip of grass or one tree. Stay for a minute. What do you hear?",
            ),
        ),
        ask(
            "open_text",
            Say("Wat zou je hier doen als alles kon?", "What would you do here if everything were possible?"),
            Say(
                "Denk aan jezelf, of aan een kind dat je kent.", "Think of yourself, or of a child you know."
            ),
            rows=3,
        ),
        slide(
            Say("Halte 4: waar mensen elkaar zien", "Stop 4: where people see each other"),
            Say(
                "De bibliotheek, de markt, het schoolplein. Wie is er? Wie is er niet?",
                "The library, the market, the schoolyard. Who is there? Who is not?",
            ),
        ),
        ask(
            "single_choice",
            Say("Zou je hier alleen naar binnen gaan?", "Would you go in here on your own?"),
            Say("Denk aan een gewone dag door de week.", "Think of an ordinary weekday."),
            options=[
                Say("Ja, zonder erbij na te denken", "Yes, without thinking about it"),
                Say("Ja, als ik er iets te doen heb", "Yes, when I have something to do there"),
                Say("Alleen met iemand samen", "Only together with somebody"),
                Say("Nee", "No"),
            ],
        ),
        slide(
            Say("Halte 5: de plek waar je liever niet komt", "Stop 5: the place where you'd rather not come"),
            Say(
                "Je hoeft er niet heen. Haal je hem voor de geest: hoe laat is het, wie is er, wat ruik je?",
                "You need not go there. Imagine it: what time is it, who is there, what do you smell?",
            ),
        ),
        ask(
            "open_text",
            Say(
                "Wat moet er veranderen voordat jij er wel komt?",
                "What has to change before you would come there?",
            ),
            Say("Noem de plek, en geen mensen.", "Name the place, and no people."),
            rows=3,
        ),
        slide(
            Say("Halte 6: de plek die je laat zien", "Stop 6: the place you show"),
            Say(
                "Er komt iemand logeren. Waar neem je die mee naartoe? Ga daar heen, als je kunt.",
                "Somebody comes to stay with you. Where do you take them? Go there, if you can.",
            ),
        ),
        wall(
            Say(
                "Welke plek laat je zien, en wat vertel je erbij?",
                "Which place do you show, and what do you tell about it?",
            )
        ),
        slide(
            Say("Je bent er", "You have arrived"),
            Say(
                "Dank je wel voor het lopen. Op je telefoon staat een code: daarmee zie je wat er met "
                "jouw antwoorden gebeurt. Ken je een buur die ook mee wil lopen? Die kan nu beginnen.",
                "Thank you for walking along. There is a code on your phone: with it you see what happens "
                "with your answers. Do you know a neighbour who would walk along? They can begin now.",
            ),
        ),
    ),
)
