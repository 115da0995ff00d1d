"""What a script imports is asked for together with it."""

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template

from participation.core.modules import imported_by


@pytest.mark.parametrize("path", ["live/participant.js", "live/console.js", "live/screen.js"])
def test_every_module_is_a_file_and_named_once(path):
    found = imported_by(path)
    assert "live/connection.js" in found
    assert len(set(found)) == len(found)
    assert path not in found
    assert [each for each in found if finders.find(each) is None] == []


def test_modules_of_modules_come_along():
    assert imported_by("live/dom.js") == ()
    assert imported_by("live/texts.js") == ("live/dom.js",)


def test_a_script_that_is_not_there_is_a_mistake():
    with pytest.raises(LookupError):
        imported_by("live/nothing.js")


def test_the_page_names_what_comes_along_before_the_script():
    page = Template("{% load oogst %}{% module 'live/texts.js' %}").render(Context())
    assert page == (
        '<link rel="modulepreload" href="/static/live/dom.js"><script type="module" src="/static/live/texts.js"></script>'
    )
