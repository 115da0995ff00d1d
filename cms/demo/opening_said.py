"""What was said on the demo's opening evening, and the week after it. Nobody here exists."""

# word: how often people think of it
WORDS = (
    ("stil", 9),
    ("thuis", 7),
    ("donker", 5),
    ("rustig", 6),
    ("saai", 5),
    ("gezellig", 3),
    ("bibliotheek", 3),
    ("water", 2),
    ("sporten", 3),
    ("televisie", 4),
    ("wind", 2),
    ("alleen", 4),
    ("buren", 2),
    ("ruimte", 3),
)

# Question: how many hands and cards for its first options.
COUNTED = {"opening/live": {"hands": (11, 4, 1), "cards": (5, 2, 0)}}

MISSED = (
    "De filmavond in het buurthuis. Ik kende niemand en durfde niet alleen naar binnen.",
    "Vorige week was er muziek op het plein. Ik hoorde het pas toen het voorbij was.",
    "Ik wilde naar de quiz in het café, maar dan moet je wel wat drinken. Dat heb ik niet over.",
    "Mijn kleinzoon had een optreden op school. De bus rijdt na negen uur niet meer naar onze wijk.",
    "Geen enkele, ik ben liever thuis.",
    "Een avond over de polder in het museum. Uitverkocht, en er kwam geen tweede.",
    "Ik zou gaan zingen bij het koor. Ik dacht dat je noten moest kunnen lezen.",
    "Elke vrijdag eigenlijk. Ik werk in ploegen en als ik vrij ben is alles dicht.",
    "De buren vierden een feest en wij wisten niet of we welkom waren.",
    "Samen koken in het wijkcentrum. Ik had geen oppas.",
    "Ik wilde gaan schaatsen met vrienden. Niemand had zin om het te regelen, ik ook niet.",
    "Taalcafé. Ik was bang dat mijn Nederlands niet goed genoeg was.",
    "Het was glad en het pad langs het park is niet verlicht. Toen ben ik omgekeerd.",
    "Een lezing over vroeger. Mijn man kan niet meer mee, en alleen vind ik er niks aan.",
    "There was a dance night but I only saw it in Dutch and did not understand where it was.",
    "De voetbalwedstrijd op groot scherm. Mijn vrienden gingen naar Almere, daar is meer.",
)

# At home, in the week after it; one each.
LATER = (
    "Ik kon niet komen want ik had dienst. Zo gaat het dus altijd.",
    None,
    "Een avond met spelletjes. Ik wist niet of het ook voor mensen van mijn leeftijd was.",
    None,
    "Ik ga niet meer alleen in het donker over straat.",
    None,
)

NOTES = (
    ("Elke maand samen eten, steeds in een andere wijk", 7),
    ("Een lange tafel op het plein in de zomer", 5),
    ("Soepavond bij mij in de straat, ik kook", 3),
    ("Ga-je-mee-lijst: wie wil er samen naartoe?", 9),
    ("Iemand die je ophaalt de eerste keer", 6),
    ("Eén bord bij de bieb met alles wat er deze week is", 6),
    ("Een appgroep per wijk met wat er te doen is", 3),
    ("Verhalen van de eerste bewoners opnemen", 4),
    ("Met de klas van mijn dochter een toneelstuk over de polder", 4),
    ("Lampen langs het pad naar het park", 5),
)

CLUSTERS = {
    "Samen eten": [text for text, _supports in NOTES[:3]],
    "Samen ergens heen": [text for text, _supports in NOTES[3:5]],
    "Weten wat er is": [text for text, _supports in NOTES[5:7]],
    "Het verhaal van de stad": [text for text, _supports in NOTES[7:9]],
}

QUESTIONS = (
    ("Wanneer horen we wat jullie hiermee doen?", 8),
    ("Waarom sluit de bibliotheek om half zes, juist als wij vrij zijn?", 11),
    ("Is er geld voor als wij zelf iets willen beginnen?", 7),
    ("Rijdt de bus straks ook weer ’s avonds?", 4),
)
ANSWERED = [QUESTIONS[0][0], QUESTIONS[1][0], QUESTIONS[2][0]]

# Minutes after the beginning, and what was written along then.
CAPTIONS = (
    (
        1,
        [
            "Goedenavond allemaal, en welkom in de bibliotheek.",
            "Fijn dat jullie er zijn, ook de mensen thuis.",
        ],
    ),
    (3, ["We hebben nog geen plan. Vanavond luisteren wij.", "Je telefoon is genoeg, je naam hoeft niet."]),
    (9, ["Ik zie dat bijna de helft hier al meer dan twintig jaar woont.", "Een applaus voor de pioniers."]),
    (22, ["‘Stil’ staat het grootst in beeld. Is dat goed of niet goed?"]),
    (23, ["Mevrouw zegt: stil is fijn, tot je er alleen in zit."]),
    (34, ["Veel van jullie schrijven hetzelfde: ik durfde niet alleen.", "Dat hadden wij niet verwacht."]),
    (48, ["Dan nu de briefjes. Klein en samen, dat is de vraag."]),
    (58, ["Samen eten staat er drie keer. Wie kookt er?", "Daar gaan drie handen omhoog. Mooi."]),
    (70, ["De eerste vraag is voor de bibliotheek: waarom sluiten we om half zes?"]),
    (
        71,
        [
            "Eerlijk antwoord: omdat het altijd zo was.",
            "We gaan het in het najaar anders proberen, op donderdag.",
        ],
    ),
    (78, ["Is er geld? Ja, voor kleine plannen. Je hoeft er geen stichting voor te hebben."]),
    (
        88,
        [
            "We stellen één vraag opnieuw. Is er genoeg te doen?",
            "Kijk, dat is verschoven. Er is meer dan we wisten.",
        ],
    ),
    (94, ["Dank jullie wel. We lezen alles, en jullie horen van ons."]),
)

# What staff chose for the report.
QUOTED = (MISSED[0], MISSED[7], "Ga-je-mee-lijst: wie wil er samen naartoe?", MISSED[13])

ABOVE = (
    "Wat een avond. Jullie vroegen om meer te doen, maar schreven iets anders op: ik durfde niet alleen, of ik hoorde het te "
    "laat.\n\nWe beginnen met een ga-je-mee-lijst en met één avond open op donderdag. Over de bus praten we met de provincie. "
    "Dank jullie wel, ook de mensen thuis."
)
