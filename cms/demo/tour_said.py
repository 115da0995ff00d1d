"""What people said on the demo's online tour. Nobody here exists."""

# What the reeds do with somebody; None: nothing was written.
HEARD = (
    None,
    "Ik word hier stil. Van binnen ook.",
    "Ik hoor de snelweg nog, maar na een tijdje niet meer.",
    "Mijn dochter zag een reiger. Ze wilde niet meer weg.",
    None,
    "Het ruikt naar vroeger, toen we hier pas woonden.",
    "Ik vind het een beetje eng, zo alleen. Met iemand samen zou ik vaker gaan.",
    "Rust. En ook trots, want dit is ook Lelystad.",
    None,
    "Ik doe dit vanaf de bank. Ik kan niet meer zo ver lopen, maar ik weet precies hoe het klinkt.",
    "I feel small here, in a good way.",
    None,
    None,
    "Zin om te fietsen.",
    "Ik dacht aan mijn vader. Hij werkte aan de dijk.",
)

# Which place people show to who comes to stay, and what they tell.
SHOWN = (
    None,
    "De dijk bij zonsondergang. Dan vertel ik dat we hier op de bodem van de zee staan.",
    "De haven, met een ijsje.",
    "De bibliotheek. Daar ken ik iedereen.",
    None,
    "Mijn volkstuin. Vijf soorten bonen en altijd koffie.",
    "Het riet, heel vroeg.",
    "Het plein op zaterdag, als er markt is.",
    None,
    "De bank voor mijn huis. Daar komt iedereen langs.",
)
