"""The editor sees each step as on a phone and on the big screen, before anything is published."""

import json
import uuid

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from participation.contributions.models import Thread
from participation.live.models import Session
from surveys.kinds import all_kinds
from surveys.models import Questionnaire
from tests.cms import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(project):
    script = [
        {"type": "slide", "id": str(uuid.uuid4()), "value": {"title": "Welcome here", "text": "Sit down"}},
        make.question("single_choice"),
        {"type": "wall", "id": str(uuid.uuid4()), "value": {"label": "What do you miss?"}},
    ]
    return make.session_page(project, live=False, script=json.dumps(script))


def post_preview(client, page, title="Town talk"):
    """The editor's form as it is now, not saved."""
    slide = {"title": "Only typed", "text": "Not saved"}
    data = nested_form_data(
        {
            "title": title,
            "slug": page.slug,
            "lead": "",
            "intro": rich_text("<p></p>"),
            "pacing": "live",
            "script": streamfield([("slide", slide)]),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        }
    )
    data["script-0-id"] = str(uuid.uuid4())
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    return client.post(address, data).json(), address


@pytest.mark.parametrize("mode", ["participant", "screen"])
def test_what_was_typed_is_shown_and_nothing_is_written(page, as_role, mode):
    client = as_role("facilitator")
    answer, address = post_preview(client, page)
    assert answer["is_valid"], answer
    html = client.get(address, {"mode": mode}).content.decode()
    assert "Only typed" in html
    for model in (Session, Thread, Questionnaire):
        assert not model.objects.exists()
    page.refresh_from_db()
    assert page.script[0].value["title"] == "Welcome here"


@pytest.mark.parametrize("mode", ["participant", "screen"])
def test_one_walks_through_the_steps(page, rf, mode):
    seen = []
    for number in (1, 2, 3, 9):
        request = rf.get("/admin/", {"step": number})
        html = page.make_preview_request(request, mode).content.decode()
        seen.append(
            (
                "Welcome here" in html,
                page.script[1].value["label"] in html,
                "What do you miss?" in html,
                "step=1" in html,
                "step=3" in html,
            )
        )
    assert seen == [
        (True, False, False, False, False),
        (False, True, False, True, True),
        (False, False, True, False, False),
        (False, False, True, False, False),
    ]


def test_the_way_through_the_steps_is_in_the_editor_s_own_language(page, rf):
    """The page is Dutch; who reads English walks through it in English."""
    with translation.override("en"):
        html = page.make_preview_request(rf.get("/admin/", {"step": "2"}), "participant").content.decode()
    assert ("Step 2 of 3" in html, "Deel 2 van 3" in html) == (True, True)


def test_the_preview_stays_at_its_step_when_something_is_typed(page, rf):
    first = page.make_preview_request(rf.get("/admin/", {"step": "2"}), "participant")
    request = rf.get("/admin/")
    request.COOKIES["preview_step"] = first.cookies["preview_step"].value
    html = page.make_preview_request(request, "participant").content.decode()
    assert page.script[1].value["label"] in html


@pytest.mark.parametrize("number", ["0", "-1", "x", "", "99999999999"])
def test_another_number_is_the_first_step(page, rf, number):
    html = page.make_preview_request(rf.get("/admin/", {"step": number}), "screen").content.decode()
    assert "Welcome here" in html


@pytest.mark.parametrize("mode", ["participant", "screen"])
def test_every_kind_has_a_preview(project, rf, mode):
    page = make.session_page(project, live=False)
    for kind in all_kinds():
        asked = make.question(kind)
        page.script = json.dumps([asked])
        html = page.make_preview_request(rf.get("/admin/"), mode).content.decode()
        assert escape(asked["value"]["label"]) in html, kind


def test_a_script_without_steps_has_one_too(page, rf):
    page.script = json.dumps([])
    assert page.make_preview_request(rf.get("/admin/"), "screen").status_code == 200


def test_the_page_itself_has_its_preview(page, rf):
    assert page.title in page.make_preview_request(rf.get("/admin/"), "").content.decode()
