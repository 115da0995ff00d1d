"""What stands around the pages: menu, languages, search, sitemap, errors."""

import xml.etree.ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse

from participation.organisations.models import Membership
from tests.cms import factories as make
from tests.factories import OrganisationFactory, UserFactory, staff
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture
def english(house, django_capture_on_commit_callbacks):
    """An English page with its Dutch source: (source, translation)."""
    page = make.standard_page(house, "Over ons")
    with django_capture_on_commit_callbacks(execute=True):
        translation = make.translate(page, {"Over ons": "About us", "over-ons": "about-us"})
    translation.refresh_from_db()
    return page, translation


def part(response, name):
    value = response.context[name]
    return value() if callable(value) else value


# --- Frame ------------------------------------------------------------------------------------------


def test_the_menu_has_the_live_pages_that_ask_for_a_place(house, client):
    make.standard_page(house, "In the menu", show_in_menus=True)
    make.standard_page(house, "Not in the menu", slug="not")
    make.standard_page(house, "Draft", slug="draft", show_in_menus=True).unpublish()
    urls = [link["url"] for link in part(client.get("/nl/"), "nav_items")]
    assert urls[-1] == "/nl/in-the-menu/"
    assert len(urls) == 2  # and the news


def test_the_foot_has_privacy_and_accessibility(house, client):
    links = part(client.get("/en/"), "footer_links")
    assert [(link["title"], link["url"]) for link in links] == [
        ("Privacy", "/en/privacy/"),
        ("Accessibility", "/en/accessibility/"),
    ]


def test_the_menu_marks_where_one_is(house, client):
    page = make.standard_page(house, "Here", show_in_menus=True)
    current = [link["title"] for link in part(client.get(page.url), "nav_items") if link["current"]]
    assert current == ["Here"]


def test_the_language_link_leads_to_the_translation(english, client):
    page, translation = english
    links = {link["code"]: link["url"] for link in part(client.get(page.url), "language_links")}
    assert links == {"nl": page.url, "en": translation.url}


def test_without_a_translation_it_leads_home(house, client):
    page = make.standard_page(house, "Alleen hier")
    links = {link["code"]: link["url"] for link in part(client.get(page.url), "language_links")}
    assert links["en"] == "/en/"


def test_on_a_room_s_own_address_the_prefix_changes(house, client):
    links = {link["code"]: link["url"] for link in part(client.get("/nl/search/?q=a"), "language_links")}
    assert links["en"] == "/en/search/?q=a"


def test_choosing_a_language_is_remembered_for_addresses_without_one(house, client):
    response = client.get("/language/en/?next=/join/")
    assert (response.status_code, response.headers["Location"]) == (302, "/join/")
    assert client.cookies["django_language"].value == "en"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_choosing_a_language_leads_to_no_other_site(house, client, target):
    assert client.get("/language/en/", {"next": target}).headers["Location"] == "/"


def test_an_unknown_language_is_not_there(house, client):
    assert client.get("/language/xx/", follow=True).status_code == 404


def test_who_reads_english_pages_goes_on_in_english(house):
    client = Client(headers={"accept-language": "nl"})
    client.get("/en/")
    assert client.cookies["django_language"].value == "en"


def test_who_reads_in_the_browser_s_language_gets_no_cookie(house):
    client = Client(headers={"accept-language": "nl"})
    client.get("/nl/")
    assert "django_language" not in client.cookies


def test_staff_see_the_way_to_their_pages_and_residents_don_t(house, client):
    assert not part(client.get("/nl/"), "is_staff_member")
    client.force_login(staff(house, "moderator"))
    assert part(client.get("/nl/"), "is_staff_member")


def test_the_frame_costs_few_queries(house, client, django_assert_max_num_queries):
    page = make.standard_page(house)
    client.get(page.url)
    with django_assert_max_num_queries(16):
        client.get(page.url)


def test_the_menu_costs_the_same_for_one_page_and_for_thirty(house, client):
    make.standard_page(house, "Page", show_in_menus=True)
    few = queries_of(client, "/en/search/")
    for n in range(29):
        make.standard_page(house, f"Page {n}", slug=f"page-{n}", show_in_menus=True)
    assert queries_of(client, "/en/search/") == few


def test_the_list_of_members_costs_the_same_for_one_and_for_thirty(house, client):
    client.force_login(staff(house))
    few = queries_of(client, "/en/staff/members/")
    for _ in range(29):
        staff(house, "editor", "moderator")
    assert queries_of(client, "/en/staff/members/") == few


def test_the_list_of_organisations_costs_the_same_for_one_and_for_thirty(house, client):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    few = queries_of(client, reverse("organisations"))
    for n in range(29):
        OrganisationFactory(name=f"Library {n}", hostname=f"library-{n}.example")
    assert queries_of(client, reverse("organisations")) == few


# --- Head -------------------------------------------------------------------------------------------


def test_a_page_names_its_own_address_and_its_translations(english, client):
    page, translation = english
    html = client.get(page.url).content.decode()
    assert f'<link rel="canonical" href="http://testserver{page.url}">' in html
    assert f'<link rel="alternate" hreflang="en" href="http://testserver{translation.url}">' in html


def test_a_shared_page_shows_its_lead_and_picture(house, client):
    page = make.standard_page(house, lead="What we do.", picture=make.picture(house))
    html = client.get(page.url).content.decode()
    assert '<meta property="og:description" content="What we do.">' in html
    assert '<meta property="og:image" content="http://testserver/media/' in html


def test_breadcrumbs_lead_back_home(house, client):
    project = make.project_page(house, "Town")
    survey = make.survey_page(project, "Survey")
    assert client.get(survey.url).context["crumbs"] == [
        {"title": "Library", "url": "/nl/"},
        {"title": "Town", "url": project.url},
        {"title": "Survey", "url": None},
    ]


# --- Search -----------------------------------------------------------------------------------------


def found(client, address):
    return [result["page"].title for result in client.get(address).context["results"]]


def test_search_finds_pages_by_their_words(house, client):
    make.standard_page(house, "Opening hours", body=[("text", "<p>Thursday until ten.</p>")])
    assert found(client, "/nl/search/?q=thursday") == ["Opening hours"]


def test_search_stays_in_the_reader_s_language(english, client):
    assert found(client, "/en/search/?q=about") == ["About us"]
    assert found(client, "/nl/search/?q=about") == []


def test_search_stays_on_the_site(house, other_house, client):
    make.standard_page(other_house, "Buurhuis")
    assert found(client, "/nl/search/?q=buurhuis") == []
    assert found(Client(SERVER_NAME="buur.example"), "/nl/search/?q=buurhuis") == ["Buurhuis"]


def test_search_leaves_out_what_is_not_published(house, client):
    make.standard_page(house, "Buurhuis").unpublish()
    assert found(client, "/nl/search/?q=buurhuis") == []


def test_search_that_finds_nothing_says_what_to_do(house, client):
    assert "Try another word" in client.get("/en/search/?q=xyzzy").content.decode()


@pytest.mark.parametrize("words", ["'", '"', "%", "\x00", "AND OR NOT", "*", "(", "a" * 101, "<script>"])
def test_search_takes_any_words(house, client, words):
    response = client.get("/en/search/", {"q": words})
    assert response.status_code == 200
    assert "<script>" not in response.content.decode().replace('<script type="module"', "")


# --- For search engines ------------------------------------------------------------------------------


def sitemap(client):
    root = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314  (our own)
    return {
        url.findtext("s:loc", namespaces=NS): {
            link.get("hreflang"): link.get("href") for link in url.findall("x:link", NS)
        }
        for url in root.findall("s:url", NS)
    }


def test_the_sitemap_has_every_page_with_its_translations(english, client):
    page, translation = english
    both = {"nl": f"http://testserver{page.url}", "en": f"http://testserver{translation.url}"}
    pages = sitemap(client)
    assert pages[both["nl"]] == pages[both["en"]] == both


def test_the_sitemap_is_of_one_site(house, other_house, client):
    make.standard_page(other_house, "Theirs")
    assert all(address.startswith("http://testserver/") for address in sitemap(client))
    theirs = sitemap(Client(SERVER_NAME="buur.example"))
    assert "http://buur.example/nl/theirs/" in theirs


def test_robots_are_told_where_the_sitemap_is_and_where_not_to_go(house, client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert "Disallow: /nl/staff/" in lines


# --- Errors -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "words"), [("en", "This page is not here"), ("nl", 'lang="nl"')])
def test_a_page_that_is_not_there_says_so_in_the_reader_s_language(house, client, language, words):
    response = client.get(f"/{language}/nothing-here/")
    assert response.status_code == 404
    assert words in response.content.decode()


def test_a_closed_door_says_who_may_open_it(house, client):
    client.force_login(UserFactory())
    response = client.get("/en/staff/members/")
    assert response.status_code == 403
    assert "the owner of your organisation" in response.content.decode()


def test_a_failure_has_a_page_that_needs_nothing(house, client, monkeypatch):
    monkeypatch.setattr("cms.queries.home_context", lambda *_: 1 / 0)
    client.raise_request_exception = False
    response = client.get("/en/")
    assert response.status_code == 500
    assert "It is not your fault" in response.content.decode()


# --- Members ----------------------------------------------------------------------------------------


def members(organisation):
    return sorted(Membership.objects.filter(organisation=organisation).values_list("user__email", "role"))


def test_an_owner_lets_somebody_in_by_mail(house, client, mailoutbox, django_capture_on_commit_callbacks):
    client.force_login(staff(house))
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            "/en/staff/members/", {"email": "New@Example.org", "name": "New", "role": "moderator"}
        )
    assert response.status_code == 302
    assert ("new@example.org", "moderator") in members(house)
    assert [mail.to for mail in mailoutbox] == [["new@example.org"]]


def test_a_second_role_brings_no_second_mail(house, client, mailoutbox, django_capture_on_commit_callbacks):
    client.force_login(staff(house))
    with django_capture_on_commit_callbacks(execute=True):
        for role in ("editor", "moderator"):
            client.post("/en/staff/members/", {"email": "new@example.org", "role": role})
    assert len(mailoutbox) == 1


def test_an_owner_takes_a_role_away(house, client):
    colleague = staff(house, "editor")
    client.force_login(staff(house))
    client.post(f"/en/staff/members/{colleague.memberships.get().pk}/remove/")
    assert not colleague.memberships.exists()


def test_the_last_owner_is_told_why_they_stay(house, client):
    owner = staff(house)
    client.force_login(owner)
    response = client.post(f"/en/staff/members/{owner.memberships.get().pk}/remove/", follow=True)
    assert "last owner" in response.content.decode()
    assert owner.memberships.count() == 1


def test_another_organisation_s_member_is_not_there(house, other_house, client):
    theirs = staff(other_house, "editor")
    client.force_login(staff(house))
    assert client.post(f"/en/staff/members/{theirs.memberships.get().pk}/remove/").status_code == 404
    assert theirs.memberships.count() == 1


def test_an_owner_elsewhere_lets_nobody_in_here(house, other_house, client):
    client.force_login(staff(other_house))
    response = client.post("/en/staff/members/", {"email": "new@example.org", "role": "editor"})
    assert response.status_code == 403
    assert members(house) == []


def test_the_list_of_members_is_of_this_organisation(house, other_house, client):
    other = staff(other_house, "editor")
    client.force_login(staff(house))
    assert other.email not in client.get("/en/staff/members/").content.decode()


def test_an_address_that_is_none_is_refused_in_the_form(house, client):
    client.force_login(staff(house))
    response = client.post("/en/staff/members/", {"email": "nobody", "role": "editor"})
    assert response.status_code == 200
    assert response.context["form"].errors["email"]
