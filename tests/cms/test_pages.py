"""What each type of page shows, in both languages, and in how many queries."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from cms.models import NewsIndexPage
from participation.areas.models import Area
from participation.contributions.actions import contribute
from participation.contributions.models import Thread
from participation.live.models import Session
from participation.needs.models import LiesBehind
from participation.people.models import Participant, User
from tests.cms import factories as make
from tests.factories import staff
from tests.needs.factories import BackingFactory, LatentFactory, ThemeFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def project(house):
    return make.project_page(
        house,
        phases=[
            make.phase("Listening", opens_at=iso(-9), closes_at=iso(-1)),
            make.phase("Choosing", opens_at=iso(-1), closes_at=iso(9), allows=["survey", "session", "idea"]),
            make.phase("Doing", opens_at=iso(9)),
        ],
    )


def iso(days):
    return (timezone.now() + days * DAY).isoformat()


def every_type(house, project):
    """One of each, with what it can show."""
    need = make.need(house, is_public=True)
    return [
        make.home_of(house),
        project,
        make.survey_page(project),
        make.session_page(project),
        make.board_page(project),
        make.programme_page(project, [need], activities=[activity()]),
        make.results_page(project, figure="412", figure_label="people", heard=[("text", "Much")]),
        NewsIndexPage.objects.child_of(make.home_of(house)).get(),
        make.news_page(project),
        make.standard_page(house),
    ]


def activity(name="Repair café", **more):
    return {
        "type": "activity",
        "id": "11111111-1111-4111-8111-111111111111",
        "value": {"name": name, "starts_at": iso(5), "ends_at": None, "place": "Hall", "text": "", **more},
    }


def test_every_type_of_page_renders_in_both_languages(
    house, project, client, django_capture_on_commit_callbacks
):
    for page in every_type(house, project):
        with django_capture_on_commit_callbacks(execute=True):
            english = page.get_translation_or_none(make.Locale.objects.get(language_code="en"))
            english = english or make.translate(page)
        for each in (page, english):
            each.refresh_from_db()
            response = client.get(each.url)
            assert (each.url, response.status_code) == (each.url, 200)
            assert f'<html lang="{each.locale.language_code}"' in response.content.decode()


def test_a_page_brings_no_inline_style_or_script(house, project, client):
    for page in every_type(house, project):
        html = client.get(page.url).content.decode()
        assert " style=" not in html
        assert " onclick=" not in html
        assert "<script>" not in html


def test_every_type_of_page_can_be_previewed(house, project, rf):
    for page in every_type(house, project):
        response = page.make_preview_request(preview_mode=page.default_preview_mode)
        assert response.status_code == 200


# --- Project ----------------------------------------------------------------------------------------


def test_the_timeline_says_what_is_past_now_and_to_come(project, client):
    phases = client.get(project.url).context["phases"]
    assert [(each["title"], each["state"]) for each in phases] == [
        ("Listening", "past"),
        ("Choosing", "current"),
        ("Doing", "future"),
    ]


def test_a_phase_that_ends_at_midnight_ends_the_day_before(house, client):
    closes = timezone.make_aware(dt.datetime(timezone.localdate().year, 12, 4))
    page = make.project_page(house, phases=[make.phase(closes_at=closes.isoformat())])
    (phase,) = client.get(page.url).context["phases"]
    assert "3 december" in phase["dates"]


def test_the_one_thing_to_do_is_what_closes_first(project, client):
    make.board_page(project, closes_at=timezone.now() + 9 * DAY)
    survey = make.survey_page(project, closes_at=timezone.now() + 2 * DAY)
    assert client.get(project.url).context["first"].page.pk == survey.pk


def test_a_finished_project_shows_its_answer_and_asks_nothing_more(project, client):
    make.survey_page(project)
    project.answer, project.finished = [("text", "We open on Thursdays.")], True
    make.publish(project)
    response = client.get(project.url)
    assert "We open on Thursdays." in response.content.decode()
    assert response.context["first"] is None
    assert [card.state for card in response.context["rooms"]] == ["closed"]


def test_what_others_said_are_the_ideas_most_people_are_for(house, project, client):
    make.board_page(project)
    thread = Thread.objects.get()
    for text in ("One", "Two", "Three", "Four"):
        contribute(thread, participant=Participant.objects.create(organisation=house), text=text)
    assert len(client.get(project.url).context["voices"]) == 3


def test_a_project_shows_the_figures_of_its_area(house, client):
    Area.objects.create(code="GM0995", name="Lelystad", kind="gemeente")
    page = make.project_page(house, area_code="GM0995")
    assert "Lelystad" in client.get(page.url).content.decode()


# --- Rooms ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opens", "closes", "state"),
    [(None, None, "open"), (1, None, "coming"), (None, -1, "closed")],
)
def test_a_survey_says_whether_it_is_open(project, client, opens, closes, state):
    page = make.survey_page(project, opens_at=moment(opens), closes_at=moment(closes))
    card = client.get(page.url).context["card"]
    assert (card.state, bool(card.start)) == (state, state == "open")


def moment(days):
    return None if days is None else timezone.now() + days * DAY


def test_a_survey_outside_its_phase_is_closed(house, client):
    project = make.project_page(house, phases=[make.phase(allows=["idea"])])
    page = make.survey_page(project)
    assert client.get(page.url).context["card"].state == "closed"


@pytest.mark.parametrize(("state", "shown"), [("lobby", "coming"), ("running", "open"), ("ended", "closed")])
def test_a_session_says_whether_one_can_join(project, client, state, shown):
    page = make.session_page(project)
    Session.objects.update(state=state)
    assert client.get(page.url).context["card"].state == shown


@pytest.mark.parametrize(
    ("state", "until", "shown"),
    [
        ("lobby", None, "coming"),
        ("running", None, "open"),
        ("running", -1, "closed"),
        ("ended", 1, "open"),
        ("ended", -1, "closed"),
    ],
)
def test_a_session_at_one_s_own_pace_says_whether_one_can_begin(project, client, state, until, shown):
    page = make.session_page(project, pacing="own")
    Session.objects.update(state=state, own_until=until and timezone.now() + until * DAY)
    assert client.get(page.url).context["card"].state == shown


def test_the_page_of_a_session_that_is_over_leads_to_what_people_said(house, project, client):
    page, private = make.session_page(project), make.session_page(project, is_private=True)
    join = {each.page_key: f'href="/join/{each.code}/"' for each in Session.objects.all()}
    Session.objects.update(state="ended")
    client.force_login(staff(house, "facilitator"))
    assert join[page.translation_key] in client.get(page.url).content.decode()
    assert join[private.translation_key] not in client.get(private.url).content.decode()
    assert "Bekijk wat mensen zeiden" in client.get(project.url).content.decode()


def test_a_private_session_has_no_page_and_is_on_no_list(house, project, client):
    page = make.session_page(project, title="Secret meeting", is_private=True)
    assert client.get(page.url).status_code == 404
    for address in ("/nl/", project.url, "/nl/search/?q=secre", "/sitemap.xml"):
        assert "ecret" not in client.get(address).content.decode()


def test_staff_see_the_page_of_a_private_session(house, project, client):
    page = make.session_page(project, is_private=True)
    client.force_login(staff(house, "facilitator"))
    assert client.get(page.url).status_code == 200


def test_results_of_a_survey_are_shown_only_when_the_editor_says_so(house, project, client):
    shown, hidden = (
        make.survey_page(project, f"Survey {show}", slug=f"s{show}", show_results=show)
        for show in (True, False)
    )
    for page in (shown, hidden):
        make.answer_survey(page, house, "a1")
    assert [len(client.get(page.url).context["results"]) for page in (shown, hidden)] == [1, 0]


def test_what_people_wrote_is_on_no_public_page(house, project, client):
    page = make.survey_page(project, sections=[make.section(make.question("open_text"))])
    make.answer_survey(page, house, "My own words")
    assert "My own words" not in client.get(page.url).content.decode()


def test_a_results_page_shows_the_counts_of_a_survey(house, project, client):
    survey = make.survey_page(project)
    make.answer_survey(survey, house, "a1")
    page = make.results_page(
        project, heard=[{"type": "survey", "value": {"survey": survey.pk, "note": "Look:"}}]
    )
    assert "In the library" in client.get(page.url).content.decode()


def test_an_activity_s_words_are_in_the_reader_s_language(
    house, project, client, django_capture_on_commit_callbacks
):
    page = make.programme_page(project, [make.need(house, is_public=True)], activities=[activity()])
    with django_capture_on_commit_callbacks(execute=True):
        english = make.translate(page, {"Repair café": "Mending café"})
    english.refresh_from_db()
    assert "Mending café" in client.get(english.url).content.decode()


# --- Home and news ----------------------------------------------------------------------------------


def test_home_shows_what_is_open_and_not_what_is_over(house, project, client):
    make.survey_page(project, "Open survey")
    make.survey_page(project, "Old survey", slug="old", closes_at=timezone.now() - DAY)
    titles = [card.title for card in client.get("/nl/").context["open_now"]]
    assert titles == ["Open survey"]


def test_home_says_so_when_nothing_is_open(house, client):
    assert client.get("/en/").context["open_now"] == []
    assert "Nothing is open right now" in client.get("/en/").content.decode()


def test_home_shows_three_results_with_their_figure(project, client):
    for n in range(4):
        make.results_page(project, f"Result {n}", slug=f"r{n}", figure=str(n))
    make.results_page(project, "Without a figure", slug="none")
    found = client.get("/nl/").context["results"]
    assert [each["page"].figure for each in found] == ["3", "2", "1"]


def test_unpublished_pages_are_on_no_list(house, project, client):
    page = make.survey_page(project)
    page.unpublish()
    assert client.get("/nl/").context["open_now"] == []
    assert client.get(project.url).context["rooms"] == []


def test_another_organisation_s_pages_are_on_no_list(house, other_house, client):
    other = make.project_page(other_house, "Their project")
    make.survey_page(other, "Their survey")
    make.news_page(other, "Their news")
    for address in ("/nl/", "/nl/nieuws/", "/nl/search/?q=their"):
        assert "Their" not in client.get(address).content.decode()


def test_the_news_list_has_the_projects_news_too(house, project, client):
    index = NewsIndexPage.objects.child_of(make.home_of(house)).get()
    make.news_page(index, "From the house", published_on=dt.date(2026, 1, 1))
    make.news_page(project, "From the project", published_on=dt.date(2026, 1, 2))
    found = client.get(index.url).context["news"]
    assert [each["page"].title for each in found] == ["From the project", "From the house"]


# --- Queries ----------------------------------------------------------------------------------------


def fill(house, project, numbers):
    index = NewsIndexPage.objects.child_of(make.home_of(house)).get()
    picture = make.picture(house)
    for n in numbers:
        make.survey_page(project, f"Survey {n}", slug=f"survey-{n}", picture=picture)
        make.session_page(project, f"Session {n}", slug=f"session-{n}")
        make.board_page(project, f"Board {n}", slug=f"board-{n}")
        make.results_page(project, f"Results {n}", slug=f"results-{n}", figure="1")
        make.news_page(index, f"News {n}", slug=f"news-{n}", picture=picture)
        make.news_page(project, f"News {n}", slug=f"news-{n}")
        make.project_page(house, f"Project {n}", slug=f"project-{n}", picture=picture)


def test_a_page_costs_the_same_whatever_is_on_it(house, project, client):
    addresses = ("/nl/", project.url, "/nl/nieuws/", "/nl/search/?q=on", "/sitemap.xml")
    fill(house, project, range(1))
    before = {address: queries_of(client, address) for address in addresses}
    fill(house, project, range(1, 30))
    assert {address: queries_of(client, address) for address in addresses} == before


def needs_of(house, numbers):
    """As many needs, each with a quote, what lies behind it, and a theme."""
    found = []
    for n in numbers:
        need = make.need(house, f"Need {n}", is_public=True, theme=ThemeFactory(organisation=house))
        LiesBehind.objects.create(latent=LatentFactory(organisation=house, is_public=True), manifest=need)
        BackingFactory(need=need, is_public=True)
        found.append(need)
    return found


@pytest.mark.parametrize("kind", ["programme", "results"])
def test_a_page_with_needs_costs_the_same_for_one_and_for_thirty(house, project, client, kind):
    def page(many):
        needs = needs_of(house, range(many))
        if kind == "results":
            page = make.results_page(project, slug=f"results-{many}")
            page.needs.set(needs)
            return make.publish(page)
        activities = [{**activity(f"Day {n}"), "id": str(uuid.uuid4())} for n in range(many)]
        return make.programme_page(project, needs, slug=f"programme-{many}", activities=activities)

    few, many = page(1), page(30)
    assert many.needs.count() == 30
    assert queries_of(client, few.url) == queries_of(client, many.url)


@pytest.mark.parametrize("kind", ["survey", "session"])
def test_a_page_to_take_part_costs_the_same_for_one_question_and_for_thirty(house, project, client, kind):
    def page(many):
        asked = [make.question() for _ in range(many)]
        if kind == "session":
            return make.session_page(project, slug=f"session-{many}", script=asked)
        return make.survey_page(project, slug=f"survey-{many}", sections=[make.section(*asked)])

    assert queries_of(client, page(1).url) == queries_of(client, page(30).url)


def test_who_writes_is_no_resident_s_business(house, project, client):
    """The owner of a page is on no public page."""
    project.owner = User.objects.create_user("writer@example.org", name="Wanda Writer")
    project.save()
    assert "Wanda" not in client.get(project.url).content.decode()
