"""Phones: test clients that carry a participant's cookie."""

from django.conf import settings
from django.test import Client

from participation.people.models import Participant
from participation.people.participants import _signer


def phone_of(participant: Participant, **headers: str) -> Client:
    """A client on the site of the participant's organisation, known as this participant."""
    client = Client(SERVER_NAME=participant.organisation.site.hostname, **headers)
    signed = _signer(participant.organisation).sign(participant.pk.hex)
    client.cookies[settings.PARTICIPANT_COOKIE_NAME] = signed
    return client
