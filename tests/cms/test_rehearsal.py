"""What the site says of a session that is being rehearsed."""

import pytest

from cms.cards import COMING, cards
from cms.models import SessionPage
from participation.live.actions import command
from participation.live.models import Session
from tests.cms import factories as make
from tests.factories import staff

pytestmark = pytest.mark.django_db


def test_residents_are_not_invited_to_it(house, project, client, rf):
    """On the site the session has not begun, and nobody has taken part."""
    make.session_page(project, "Town talk")
    session = Session.objects.get()
    facilitator = staff(house, "facilitator")
    command(session, "rehearse", {"people": 3}, facilitator)
    command(session, "start", {}, facilitator)
    html = client.get(project.get_url()).content.decode()
    assert ("Nog niet begonnen" in html, "Doe nu mee" in html, f"/join/{session.code}/" in html) == (
        True,
        False,
        False,
    )
    (card,) = cards([SessionPage.objects.get()], rf.get("/"))
    assert (card.people, card.state) == (0, COMING)
