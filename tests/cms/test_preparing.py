"""Beginning a session with a script that is ready to use, or with one that was held before."""

import uuid

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale

from cms.models import SessionPage
from cms.preparing import prepare
from cms.scripts import SCRIPTS
from participation.live.models import Session, Step
from surveys import kinds
from surveys.structure import questions
from tests.cms import factories as make
from tests.cms.walk import add
from tests.factories import staff
from tests.live.factories import run

pytestmark = pytest.mark.django_db
ROOM = {"slide", "wall", "stage", "talk"}


def address(name: str, *args: object) -> str:
    with translation.override("nl"):
        return reverse(name, args=args)


def words_of(page: SessionPage) -> list[str]:
    return [block.value.get("label") or block.value["title"] for block in page.script]


# --- Scripts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", SCRIPTS)
def test_each_script_becomes_a_session_in_both_languages(house, project, slug):
    script = SCRIPTS[slug]
    make.translate(project, {project.title: "More to do"})
    page = prepare(project, script, staff(house, "facilitator"))
    assert (page.live, page.pacing, Session.objects.count()) == (False, script.pacing, 0)

    make.publish(page.get_latest_revision_as_object())
    english = page.get_translation(Locale.objects.get(language_code="en"))
    make.publish(english.get_latest_revision_as_object())

    session = Session.objects.get()
    steps = list(session.steps.all())
    known = {*kinds.all_kinds(), *ROOM}
    assert [block.block_type for block in page.script] == [each["type"] for each in script.steps]
    assert {each["type"] for each in script.steps} <= known
    assert session.labels == {"nl": {"title": script.title.nl}, "en": {"title": script.title.en}}
    assert [each.label for each in questions(session.version.structure, "en")] == [
        each["value"]["label"].en for each in script.steps if each["type"] not in ROOM
    ]
    room = [each for each in steps if each.type != Step.Type.QUESTION]
    said = [each["value"] for each in script.steps if each["type"] in ROOM]
    assert [each.words("en", "nl").get("text", "") for each in room] == [
        each["text"].en if "text" in each else "" for each in said
    ]
    assert words_of(english.specific) == script.outline("en")


def test_the_needs_script_asks_why_three_times_and_the_tour_has_six_stops():
    why = [each for each in SCRIPTS["needs"].steps if each["type"] == "open_text"]
    stops = [each for each in SCRIPTS["tour"].outline("nl") if each.startswith("Halte ")]
    assert (len(why), len(stops), SCRIPTS["tour"].pacing) == (4, 6, "own")


@pytest.mark.parametrize("slug", SCRIPTS)
def test_a_script_needs_no_more_writing(slug):
    """Every question says how to answer it, every slide has its text, in both languages."""
    for step in SCRIPTS[slug].steps:
        wanted = {
            "slide": ["title", "text"],
            "wall": ["label"],
            "stage": ["label"],
            "talk": ["label", "text"],
        }
        for name in wanted.get(step["type"], ["label", "help"]):
            said = step["value"][name]
            assert all(len(words.strip()) > 2 for words in said), (said, name)


def test_a_script_says_how_long_it_takes(project, as_role):
    assert {slug: script.minutes for slug, script in SCRIPTS.items()} == {
        "needs": 45,
        "neighbourhood": 40,
        "choosing": 35,
        "evaluation": 30,
        "tour": 20,
    }
    html = as_role("facilitator").get(address("make_session")).content.decode()
    assert 'Vandaag luisteren wij <span class="oogst-small oogst-muted">2 minuten</span>' in html


@pytest.mark.parametrize("slug", SCRIPTS)
def test_no_two_scripts_share_a_key(slug):
    first, second = SCRIPTS[slug].blocks("nl"), SCRIPTS[slug].blocks("nl")
    assert {each["id"] for each in first}.isdisjoint(each["id"] for each in second)


# --- Choosing one -----------------------------------------------------------------------------------


def test_a_script_is_two_clicks_from_the_first_page(project, as_role):
    client = as_role("facilitator")
    here = address("make_session")
    assert here in client.get(address("notifications:start")).content.decode()
    html = client.get(here).content.decode()
    assert [each.name.nl in html for each in SCRIPTS.values()] == [True] * len(SCRIPTS)
    response = client.post(here, {"project": project.pk, "script": "needs"})
    page = SessionPage.objects.get()
    assert response.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.get(response.headers["Location"]).status_code == 200
    assert (page.get_parent().pk, page.title, page.live) == (project.pk, "Wat heb jij nodig?", False)


def test_from_nothing_is_an_empty_form(project, as_role):
    response = as_role("editor").post(address("make_session"), {"project": project.pk, "script": ""})
    assert response.headers["Location"] == add(project, "sessionpage")
    assert not SessionPage.objects.exists()


def test_the_same_script_twice_has_two_addresses(house, project):
    user = staff(house, "editor")
    pages = [prepare(project, SCRIPTS["needs"], user) for _time in range(2)]
    assert len({page.slug for page in pages}) == 2


def test_a_project_of_somebody_else_can_t_be_chosen(house, other_house, project, as_role):
    theirs = make.project_page(other_house, "Theirs")
    client = as_role("editor")
    assert "Theirs" not in client.get(address("make_session")).content.decode()
    response = client.post(address("make_session"), {"project": theirs.pk, "script": "needs"})
    assert (response.status_code, SessionPage.objects.count()) == (200, 0)


@pytest.mark.parametrize("role", ["researcher", "moderator"])
def test_scripts_are_for_who_makes_sessions(project, as_role, role):
    client = as_role(role)
    assert client.get(address("make_session")).status_code == 403
    assert client.post(address("make_session"), {"project": project.pk, "script": "needs"}).status_code == 403


# --- Again ------------------------------------------------------------------------------------------


def test_a_session_is_used_again_without_its_day_code_and_answers(house, project, as_role):
    page = make.session_page(project, starts_at="2026-12-03T19:30+01:00")
    session = run(Session.objects.get(), "start", "end")
    client = as_role("editor")
    assert (
        address("duplicate", session.page_key) in client.get(address("notifications:start")).content.decode()
    )
    assert page.title in client.get(address("duplicate", session.page_key)).content.decode()
    assert SessionPage.objects.count() == 1

    response = client.post(address("duplicate", session.page_key))
    copy = SessionPage.objects.exclude(pk=page.pk).get()
    assert response.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[copy.pk])
    assert (copy.title, copy.live, copy.starts_at) == (f"{page.title} (kopie)", False, None)
    assert words_of(copy) == words_of(page)

    make.publish(copy)
    again = Session.objects.exclude(pk=session.pk).get()
    assert (again.state, again.code != session.code) == ("lobby", True)
    assert again.version.questionnaire_id != session.version.questionnaire_id


def test_it_is_used_again_as_it_was_last_written(house, project, as_role):
    page = make.session_page(project)
    page.title = "A better title"
    page.save_revision()
    as_role("facilitator").post(address("duplicate", page.translation_key))
    assert SessionPage.objects.exclude(pk=page.pk).get().title == "A better title (kopie)"


def test_its_other_language_comes_along(house, project, as_role):
    make.translate(project, {project.title: "More to do"})
    page = make.session_page(project, "Stadsgesprek")
    asked = words_of(page)[0]
    make.publish(make.translate(page, {"Stadsgesprek": "Town talk", asked: "In English?"}))
    as_role("editor").post(address("duplicate", page.translation_key))
    dutch, english = SessionPage.objects.filter(live=False).order_by("pk")
    assert (dutch.title, english.title) == ("Stadsgesprek (kopie)", "Town talk (copy)")
    assert words_of(english) == ["In English?"]
    assert english.translation_key == dutch.translation_key != page.translation_key


def test_another_organisation_s_session_is_not_found(house, other_house, as_role):
    theirs = make.session_page(make.project_page(other_house, "Theirs"))
    client = as_role("owner")
    for key in (theirs.translation_key, uuid.uuid4()):
        assert client.post(address("duplicate", key)).status_code == 404
    assert SessionPage.objects.count() == 1


def test_using_again_is_for_who_makes_sessions(project, as_role):
    page = make.session_page(project)
    assert as_role("researcher").post(address("duplicate", page.translation_key)).status_code == 403
    assert SessionPage.objects.count() == 1


def test_the_list_of_pages_offers_it(project, as_role):
    page = make.session_page(project)
    html = as_role("editor").get(reverse("wagtailadmin_explore", args=[project.pk])).content.decode()
    assert reverse("duplicate", args=[page.translation_key]) in html
