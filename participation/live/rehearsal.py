"""Who the made-up people of a rehearsal are, and what they write."""

import uuid

from .models import Session

MOST = 200

NOTES = {
    "nl": [
        "Een bankje bij de speeltuin, zodat je kunt blijven zitten.",
        "Iedere maand samen eten. Ik neem soep mee.",
        "Meer licht op het pad achter de school.",
        "Een plek voor jongeren waar het droog is.",
        "Ik mis een winkel waar ze me kennen.",
        "Een moestuin met de buren.",
        "Iemand die helpt met formulieren.",
        "Muziek in het park op zondag.",
        "Dat de bus ook ’s avonds rijdt.",
        "Een ruilkast voor boeken en speelgoed.",
        "Meer bomen. In de zomer is het hier te heet.",
        "Taalles waar je gewoon kunt binnenlopen.",
        "Een avond met verhalen van vroeger.",
        "Buren die elkaar groeten.",
        "Een fietspad zonder gaten.",
        "Iets te doen voor wie alleen is.",
    ],
    "en": [
        "A bench near the playground, so that you can stay.",
        "Eating together every month. I bring soup.",
        "More light on the path behind the school.",
        "A dry place for young people.",
        "I miss a shop where they know me.",
        "A vegetable garden with the neighbours.",
        "Somebody who helps with forms.",
        "Music in the park on Sundays.",
        "A bus that runs in the evening too.",
        "A shelf to swap books and toys.",
        "More trees. It is too hot here in summer.",
        "Language lessons where you can just walk in.",
        "An evening with stories of the past.",
        "Neighbours who greet each other.",
        "A cycle path without holes.",
        "Something to do for who is alone.",
    ],
}


def people_of(session: Session) -> list[uuid.UUID]:
    """The ids of all made-up people this session can have."""
    return [uuid.uuid5(session.page_key, f"rehearsal {number}") for number in range(1, MOST + 1)]
