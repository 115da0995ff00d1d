"""What an editor meets in Wagtail: roles, refusals in the form, the first page."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.actions import add_member
from cms.models import HomePage, ProgrammePage
from cms.tester import may_write
from participation.organisations.models import Organisation
from participation.people.models import User
from participation.programmes.models import Activity, Programme
from tests.cms import factories as make
from tests.cms.walk import add

pytestmark = pytest.mark.django_db


def programme_form(title="Open evenings", **more):
    return {
        "title": title,
        "slug": "open-evenings",
        "lead": "",
        "picture": "",
        "activities-count": 0,
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        **dict.fromkeys(("intro", "knowledge", "stand", "coalition", "plan", "business_case"), "null"),
        **more,
    }


# --- Refusals ---------------------------------------------------------------------------------------


def test_a_room_s_refusal_is_an_error_in_the_form(project, as_role):
    response = as_role("editor").post(
        add(project, "programmepage"), programme_form(**{"action-publish": "x"})
    )
    assert response.status_code == 200
    assert "Zonder behoefte" in response.content.decode()
    assert not ProgrammePage.objects.exists()


def test_a_draft_may_be_unfinished(project, as_role):
    response = as_role("editor").post(add(project, "programmepage"), programme_form())
    assert response.status_code == 302
    assert not ProgrammePage.objects.get().live
    assert not Programme.objects.exists()


def test_with_a_need_it_is_published(house, project, as_role):
    need = make.need(house)
    data = programme_form(needs=[need.pk], **{"action-publish": "x"})
    assert as_role("editor").post(add(project, "programmepage"), data).status_code == 302
    assert list(Programme.objects.get().needs.all()) == [need]


@pytest.mark.parametrize("key", [None, "", "7"])
def test_a_block_without_a_key_of_its_own_gets_one(house, project, as_role, key):
    """The editor's script makes the keys; a form that came without it is no error."""
    activity = {"name": "Soup", "starts_at": "2099-12-03 19:30", "ends_at": "", "place": "", "text": ""}
    streams = nested_form_data({"activities": streamfield([("activity", activity)])})
    if key is not None:
        streams["activities-0-id"] = key
    data = programme_form(needs=[make.need(house).pk], **streams, **{"action-publish": "x"})
    assert as_role("editor").post(add(project, "programmepage"), data).status_code == 302
    [block] = ProgrammePage.objects.get().activities
    assert str(Activity.objects.get(name="Soup").key) == block.id


def test_another_organisation_s_need_can_t_be_chosen(house, other_house, project, as_role):
    theirs = make.need(other_house, "Their need")
    client = as_role("editor")
    assert "Their need" not in client.get(add(project, "programmepage")).content.decode()
    data = programme_form(needs=[theirs.pk], **{"action-publish": "x"})
    assert client.post(add(project, "programmepage"), data).status_code == 200
    assert not Programme.objects.exists()


def test_what_was_refused_elsewhere_is_undone_and_explained(house, project, as_role):
    """Publishing many at once passes no form."""
    page = make.programme_page(project, [], live=False)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = as_role("editor").post(f"{address}?id={page.pk}", {"include_descendants": ""})
    assert response.status_code == 302
    assert "Zonder behoefte" in " ".join(str(each) for each in get_messages(response.wsgi_request))
    assert not Page.objects.get(pk=page.pk).live


# --- Roles ------------------------------------------------------------------------------------------

WRITES = {
    "owner": {"surveypage", "sessionpage", "ideaboardpage", "programmepage", "resultspage", "newspage"},
    "editor": {"surveypage", "sessionpage", "ideaboardpage", "programmepage", "resultspage", "newspage"},
    "facilitator": {"sessionpage"},
    "researcher": {"resultspage"},
}


@pytest.mark.parametrize("role", WRITES)
def test_each_role_makes_its_own_types_of_page(project, as_role, role):
    client = as_role(role)
    opened = {kind for kind in WRITES["owner"] if client.get(add(project, kind)).status_code == 200}
    assert opened == WRITES[role]


@pytest.mark.parametrize("role", WRITES)
def test_each_role_is_offered_what_it_may_make(project, as_role, role):
    html = as_role(role).get(reverse("wagtailadmin_pages:add_subpage", args=[project.pk])).content.decode()
    offered = {kind for kind in WRITES["owner"] if add(project, kind) in html}
    assert offered == WRITES[role]


def test_a_facilitator_changes_sessions_and_not_projects(project, as_role):
    session = make.session_page(project)
    client = as_role("facilitator")
    found = [
        client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code
        for page in (session, project)
    ]
    assert found == [200, 302]


def test_nobody_on_staff_removes_moves_or_copies_a_home_page(house, as_role):
    client = as_role("owner")
    home = HomePage.objects.first()
    for verb in ("delete", "copy", "move", "unpublish"):
        response = client.get(reverse(f"wagtailadmin_pages:{verb}", args=[home.pk]))
        assert (verb, response.status_code) == (verb, 302)


def test_roles_elsewhere_write_nothing_here(house, other_house, project):
    user = User.objects.create_user("editor@buur.example")
    add_member(other_house, user, "editor")
    assert not may_write(user, type(project), project)


# --- First page -------------------------------------------------------------------------------------


def test_the_first_page_has_a_button_for_what_one_makes(house, project, as_role):
    html = as_role("facilitator").get(reverse("wagtailadmin_home")).content.decode()
    assert f"{reverse('make_session')}?project={project.pk}" in html
    assert add(project, "surveypage") not in html
    assert "/staff/" in html


def test_an_editor_is_offered_a_new_project(house, as_role):
    html = as_role("editor").get(reverse("wagtailadmin_home")).content.decode()
    assert add(house.site.root_page, "projectpage") in html


def test_a_picture_says_what_can_be_seen(house, as_role):
    response = as_role("editor").post(reverse("wagtailimages:add"), {"title": "A square", "description": ""})
    assert "description" in response.context["form"].errors


# --- New organisations ------------------------------------------------------------------------------

NEW = {"name": "New", "slug": "new", "kind": "library", "hostname": "new.example", "port": "443"}


def test_a_superuser_makes_an_organisation_with_one_form(
    client, db, mailoutbox, django_capture_on_commit_callbacks
):
    client.force_login(User.objects.create_superuser("admin@example.org"))
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("organisation_new"), {**NEW, "owner_email": "owner@new.example"})
    assert response.status_code == 302
    organisation = Organisation.objects.get(slug="new")
    assert organisation.memberships.get().user.email == "owner@new.example"
    assert [mail.to for mail in mailoutbox] == [["owner@new.example"]]


def test_what_is_wrong_is_said_in_the_form(house, client):
    client.force_login(User.objects.create_superuser("admin@example.org"))
    response = client.post(
        reverse("organisation_new"), {**NEW, "slug": "library", "owner_email": "owner@new.example"}
    )
    assert response.context["form"].non_field_errors()


def test_an_owner_makes_no_organisation(house, as_role):
    client = as_role("owner")
    assert client.get(reverse("organisations"), follow=True).status_code == 404
    assert client.post(reverse("organisation_new"), NEW, follow=True).status_code == 404
