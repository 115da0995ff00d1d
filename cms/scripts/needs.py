"""From what people ask for to what lies behind it, with "why is that important?" three times."""

from .writing import Say, Script, ask, slide, talk, wall

SCRIPT = Script(
    slug="needs",
    name=Say("Behoeften leren kennen", "Getting to know needs"),
    title=Say("Wat heb jij nodig?", "What do you need?"),
    what_for=Say(
        "Leren kennen wat mensen echt nodig hebben. Niet: wat moeten wij organiseren? Wel: wat wil jij, en waarom?",
        "Getting to know what people really need. Not: what should we organise? But: what do you want, and why?",
    ),
    brings=Say(
        "Wat mensen vragen, en wat erachter zit. Per onderwerp hoe belangrijk het is en hoe tevreden mensen zijn.",
        "What people ask for, and what lies behind it. For each subject how important it is and how satisfied people are.",
    ),
    advice=Say(
        "Geef bij elke ‘waarom’ een volle minuut stilte. De derde keer komt het vaak pas.",
        "Give every “why” a full minute of silence. Often it only comes the third time.",
    ),
    intro=Say(
        "We komen luisteren. Wat mis jij hier, en waarom is dat belangrijk voor je? Je doet mee met je telefoon. "
        "Je naam is niet nodig.",
        "We come to listen. What do you miss here, and why does it matter to you? You take part with your phone. "
        "Your name is not needed.",
    ),
    steps=(
        slide(
            Say("Vandaag luisteren wij", "Today we listen"),
            Say(
                "Wij hebben nog geen plan. Eerst willen we weten wat jij nodig hebt, en waarom. "
                "Je hoeft je naam niet te geven. Er is geen goed of fout.",
                "We have no plan yet. First we want to know what you need, and why. "
                "You don't have to give your name. There is no right or wrong.",
            ),
        ),
        ask(
            "single_choice",
            Say("Wat heb jij met deze plek?", "What is this place to you?"),
            Say("Zo zie je wie er in de zaal zitten.", "So you see who is in the room."),
            options=[
                Say("Ik woon hier mijn hele leven al", "I have lived here all my life"),
                Say("Ik ben hier later komen wonen", "I came to live here later"),
                Say("Ik werk hier of zit hier op school", "I work or go to school here"),
                Say("Ik kom hier voor iemand of iets", "I come here for somebody or something"),
            ],
        ),
        ask(
            "open_text",
            Say(
                "Denk aan vorige week. Welk moment had fijner of makkelijker kunnen zijn?",
                "Think of last week. Which moment could have been nicer or easier?",
            ),
            Say("Vertel kort wat er gebeurde.", "Tell us briefly what happened."),
            rows=3,
        ),
        wall(
            Say(
                "Wat mis je hier? Wat zou je graag willen?",
                "What do you miss here? What would you like?",
            )
        ),
        ask(
            "open_text",
            Say(
                "Kies wat voor jou het meest telt. Waarom is dat belangrijk voor je?",
                "Choose what counts most for you. Why is that important to you?",
            ),
            Say(
                "Iets van jezelf, of iets dat een ander schreef.",
                "Something of your own, or of somebody else.",
            ),
            rows=3,
        ),
        ask(
            "open_text",
            Say("En waarom is dát belangrijk voor je?", "And why is that important to you?"),
            Say(
                "Lees wat je net schreef. Wat zit daar weer achter?",
                "Read what you just wrote. What lies behind that?",
            ),
            rows=3,
        ),
        ask(
            "open_text",
            Say(
                "Nog één keer: stel dat het lukt. Wat is er dan anders in jouw leven?",
                "One more time: suppose it works. What is different in your life then?",
            ),
            Say("Neem de tijd. Eén zin is genoeg.", "Take your time. One sentence is enough."),
            rows=3,
        ),
        talk(
            Say("Vertel het elkaar. Wat herken je?", "Tell each other. What do you recognise?"),
            Say(
                "Vertel aan je tafel wat je het laatst schreef. De anderen luisteren eerst alleen. "
                "Schrijf samen op wat jullie herkennen.",
                "Tell your table what you wrote last. The others only listen at first. "
                "Write down together what you recognise.",
            ),
            size=4,
            minutes=7,
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
                Say(
                    "Weten waar ik terechtkan als het niet gaat", "Knowing where to turn when things go wrong"
                ),
                Say("Meebeslissen over mijn omgeving", "Having a say in my surroundings"),
                Say("Rust, en een plek voor mezelf", "Quiet, and a place for myself"),
            ],
        ),
        wall(
            Say(
                "Wat kunnen we samen klein proberen? En wat doe jij dan graag?",
                "What small thing can we try together? And what would you like to do in it?",
            )
        ),
        slide(
            Say("Dank je wel", "Thank you"),
            Say(
                "We lezen alles. Op je telefoon krijg je straks een code. Daarmee zie je wat er met jouw woorden "
                "gebeurt. Over een paar weken vertellen we wat we hoorden.",
                "We read everything. In a moment you get a code on your phone. With it you see what happens with your "
                "words. In a few weeks we tell what we heard.",
            ),
        ),
    ),
)
