"""The demo municipality is loaded whole or not at all, and only where it is allowed to."""

import pytest
from django.core.management import CommandError, call_command

from cms.demo import story
from participation.organisations.models import Organisation


def test_the_demo_is_refused_where_its_passwords_would_be_dangerous(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="not for production"):
        call_command("load_demo")
    assert Organisation.objects.count() == 0


def test_nothing_is_made_when_a_part_fails(db, settings, monkeypatch):
    settings.DEMO = True
    monkeypatch.setattr(story, "AREAS", story.AREAS.with_name("is-not-there.geojson"))
    with pytest.raises(CommandError):
        call_command("load_demo")
    assert Organisation.objects.count() == 0
