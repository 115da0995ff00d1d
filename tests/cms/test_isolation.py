"""Who works for one organisation sees nothing of another in the admin: every address is walked."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.tests.utils import get_test_image_file
from wagtail.log_actions import log
from wagtail.models import Comment, Locale, Page, ReferenceIndex, Task, UploadedFile, Workflow
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    Translation,
    TranslationSource,
)

from cms.actions import add_member, create_organisation
from cms.fence import doors
from cms.models import File, HomePage, OrganisationTheme, Picture, ProjectPage
from participation.organisations.models import Organisation
from participation.people.models import User
from tests.cms import factories as make
from tests.cms.walk import addresses, routes, walked_routes

pytestmark = pytest.mark.django_db
MARK = "zqxmark"


@dataclass
class Town:
    """An organisation with one of everything, and the mark in every name."""

    organisation: Organisation
    staff: dict[str, User]
    ids: dict[str, Any] = field(default_factory=dict)


def build(name: str, hostname: str, is_default: bool) -> Town:
    organisation = create_organisation(name=name, slug=name, hostname=hostname, is_default=is_default)
    staff = {}
    for role in ("owner", "editor", "facilitator", "researcher"):
        user = User.objects.create_user(f"{role}@{name}.example", name=f"{role} {name}")
        add_member(organisation, user, role)
        staff[role] = user
    town = Town(organisation, staff)
    _fill(town, name)
    return town


def _fill(town: Town, name: str) -> None:
    organisation, editor = town.organisation, town.staff["editor"]
    picture = Picture.objects.create(
        title=f"Picture {name}",
        file=get_test_image_file(filename=f"{name}.png"),
        collection=organisation.collection,
        uploaded_by_user=editor,
    )
    picture.tags.add(f"tag {name}")
    file = File.objects.create(
        title=f"File {name}",
        file=ContentFile(b"text", name=f"{name}.txt"),
        collection=organisation.collection,
        uploaded_by_user=editor,
    )
    file.tags.add(f"filetag {name}")
    project = make.project_page(organisation, f"Project {name}", picture=picture, owner=editor)
    survey = make.survey_page(project, f"Survey {name}")
    make.session_page(project, f"Session {name}")
    make.board_page(project, f"Board {name}")
    make.programme_page(project, [make.need(organisation, f"Need {name}")], f"Programme {name}")
    make.results_page(project, f"Results {name}")
    make.news_page(project, f"News {name}")
    revision = project.save_revision(user=editor)
    project.locked, project.locked_by, project.locked_at = True, editor, timezone.now()
    project.save()
    log(project, "wagtail.edit", user=editor, revision=revision)
    Comment.objects.create(page=project, user=editor, text=f"Comment {name}", contentpath="title")
    english = make.translate(project, {f"Project {name}": f"English {name}"})
    Redirect.objects.create(old_path=f"/{name}", site=organisation.site, redirect_page=project)
    theme = OrganisationTheme.for_site(organisation.site)
    OrganisationTheme.objects.filter(pk=theme.pk).update(properties=f"--{name}: 1px;")
    workflow = Workflow.objects.create(name=f"Workflow {name}")
    task = Task.objects.create(name=f"Task {name}")
    upload = UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(Picture),
        file=get_test_image_file(filename=f"upload-{name}.png"),
        uploaded_by_user=editor,
    )
    session = EditingSession.objects.create(
        user=editor,
        content_type=ContentType.objects.get_for_model(Page),
        object_id=project.pk,
        last_seen_at=timezone.now(),
    )
    source = TranslationSource.objects.get(object_id=project.translation_key)
    town.ids = {
        "page": project.pk,
        "survey": survey.pk,
        "english": english.pk,
        "home": organisation.site.root_page_id,
        "revision": revision.pk,
        "picture": picture.pk,
        "file": file.pk,
        "upload": upload.pk,
        "source": source.pk,
        "translation": Translation.objects.get(source=source).pk,
        "string": StringSegment.objects.filter(source=source).first().pk,
        "override": OverridableSegment.objects.filter(source=source).first().pk,
        "site": organisation.site_id,
        "collection": organisation.collection_id,
        "user": editor.pk,
        "group": Group.objects.get(name=f"{name}: editor").pk,
        "workflow": workflow.pk,
        "task": task.pk,
        "redirect": Redirect.objects.get(old_path=f"/{name}").pk,
        "session": session.pk,
        "locale": Locale.objects.first().pk,
    }


@pytest.fixture(scope="module")
def towns(django_db_setup, django_db_blocker):
    """Built once for all tests of this file: each test works on a savepoint of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(MARK, f"{MARK}.example", False), build("own", "testserver", True)
        transaction.set_rollback(True)


@pytest.fixture
def foreign(towns, db):
    return towns[0]


@pytest.fixture
def own(towns, db):
    return towns[1]


def is_still_in(client: Client) -> bool:
    """Who is not let in sees nothing either: without this a walk would prove nothing."""
    return client.get(reverse("wagtailadmin_home")).status_code == 200


def logged_in(town: Town, role: str) -> Client:
    client = Client(SERVER_NAME=town.organisation.site.hostname, raise_request_exception=True)
    # A fresh object: permissions are kept on it.
    client.force_login(User.objects.get(pk=town.staff[role].pk))
    assert is_still_in(client)
    return client


# The id behind each argument, by what the view is about.
SAME_EVERYWHERE = {
    "page_id": "page",
    "parent_page_id": "page",
    "page_to_move_id": "survey",
    "destination_id": "page",
    "page_pk": "page",
    "revision_id": "revision",
    "revision_id_a": "revision",
    "revision_id_b": "revision",
    "image_id": "picture",
    "document_id": "file",
    "doc_id": "file",
    "uploaded_file_id": "upload",
    "translation_id": "translation",
    "translation_source_id": "source",
    "string_segment_id": "string",
    "overridable_segment_id": "override",
    "collection_id": "collection",
    "redirect_id": "redirect",
    "workflow_pk": "workflow",
    "workflow_state_id": "workflow",
    "task_id": "task",
    "task_state_id": "task",
    "session_id": "session",
    "object_id": "page",
}
BEHIND_PK = {
    "wagtailadmin_api:pages": "page",
    "wagtailadmin_api:images": "picture",
    "wagtailadmin_api:documents": "file",
    "wagtailadmin_pages": "page",
    "wagtailadmin_collections": "collection",
    "wagtailadmin_workflows": "workflow",
    "wagtailimages_chooser": "picture",
    "wagtaildocs_chooser": "file",
    "wagtailsettings": "site",
    "wagtailsites": "site",
    "wagtailusers_users": "user",
    "wagtailusers_groups": "group",
    "wagtaillocales": "locale",
    "wagtail_localize": "page",
}
WORDS = {
    "app_label": "cms",
    "app_name": "cms",
    "model_name": "organisationtheme",
    "content_type_app_name": "cms",
    "content_type_model_name": "surveypage",
    "action": "delete",
    "action_name": "copy",
    "filter_spec": "original",
    "mode": "",
    "uidb64": "x",
    "token": "x",
}


def values(town: Town, name: str, arguments: list[str]) -> dict[str, Any]:
    found = {}
    for argument in arguments:
        if argument in SAME_EVERYWHERE:
            found[argument] = town.ids[SAME_EVERYWHERE[argument]]
        elif argument == "pk":
            found[argument] = town.ids[BEHIND_PK[name.rpartition(":")[0]]]
        else:
            found[argument] = WORDS[argument]
    if name == "wagtailadmin_pages:delete":
        found["page_id"] = town.ids["survey"]  # one with pages below it is not deleted so easily
    if name == "wagtail_bulk_action":
        found.update(app_label="wagtailcore", model_name="page")
    if name == "wagtailadmin_editing_sessions:ping":
        found["model_name"] = "projectpage"
    return found


def names_rows(arguments: list[str]) -> bool:
    """Whether an argument is an id of somebody's."""
    return any(argument not in WORDS for argument in arguments)


# Under the admin, and not walked here.
NOT_WALKED = {
    "admin/^.*/$": "Wagtail's own page for what is not there",
    "^admin/password_reset/": "closed for everybody: tests/people/test_second_step.py",
}


def test_every_address_of_the_admin_is_walked():
    """A new version of Wagtail brings new ones: a view with an id of a new name stops the walk, see `values`."""
    every = {route for _name, route in routes() if route.lstrip("^").startswith("admin")}
    assert every - {route for _name, route in walked_routes()} == set(NOT_WALKED)


def test_the_list_of_open_doors_has_no_names_that_are_gone():
    assert doors.OPEN - {name for name, _route in routes()} == set()


LISTS = [(name, path) for name, path, arguments in addresses() if not arguments and "logout" not in path]
DETAILS = [each for each in addresses() if each[2]]
# `zqx` finds the mark by its beginning, and is no leak where a search box repeats it.
QUERIES = (
    "",
    "?q=zqx",
    "?q=zqx&search_all=1",
    "?q=picture&layout=list",
    "?content_type=cms.projectpage&q=zqx",
    "?page_type=cms.SurveyPage&locale=nl",
    "?for_explorer=1&child_of=root",
    "?export=csv",
)


def leaks(response: Any) -> bool:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return MARK in body.decode(errors="replace")


@pytest.mark.parametrize("role", ["owner", "facilitator"])
def test_no_list_chooser_or_report_names_what_is_another_s(foreign, own, role):
    client = logged_in(own, role)
    seen = [
        path + query
        for name, path in LISTS
        for query in (QUERIES if name in doors.OPEN else QUERIES[:1])
        if leaks(client.get(path + query))
    ]
    assert seen == []
    assert is_still_in(client)


@pytest.mark.parametrize("role", ["owner", "editor"])
def test_no_address_with_another_s_id_opens(foreign, own, role):
    client = logged_in(own, role)
    opened = []
    for name, path, arguments in DETAILS:
        if names_rows(arguments):
            response = client.get(path.format(**values(foreign, name, arguments)))
            if response.status_code not in (302, 403, 404) or leaks(response):
                opened.append((path, response.status_code))
    assert opened == []
    assert is_still_in(client)


def test_nothing_can_be_posted_to_another_s_id(foreign, own):
    client = logged_in(own, "owner")
    opened = []
    for name, path, arguments in DETAILS:
        if names_rows(arguments):
            response = client.post(path.format(**values(foreign, name, arguments)), {"title": "taken"})
            if response.status_code not in (302, 403, 404, 405) or leaks(response):
                opened.append((path, response.status_code))
    assert opened == []
    assert is_still_in(client)
    assert Page.objects.get(pk=foreign.ids["page"]).title == f"Project {MARK}"


def test_a_list_by_type_names_only_one_s_own(foreign, own):
    client = logged_in(own, "editor")
    for _name, path, arguments in DETAILS:
        if not names_rows(arguments):
            assert not leaks(
                client.get(path.format(**{each: WORDS[each] for each in arguments}), follow=True)
            )


def test_what_staff_need_is_open(own):
    """The fence is not a wall: every door on the list opens on one's own things."""
    client = logged_in(own, "editor")
    shut = []
    for name, path, arguments in addresses():
        if name in doors.OPEN and name not in NOT_ALONE:
            response = client.get(path.format(**values(own, name, arguments)))
            if response.status_code not in ((200, 302) if name in LEADS_ON else (200, 405)):
                shut.append((name, path, response.status_code))
    assert shut == []


# Lead to another page on purpose.
LEADS_ON = {
    "wagtailadmin_explore_root",
    "wagtailadmin_choose_page",
    "wagtailadmin_login",
    "wagtailadmin_pages:convert_alias",
    "wagtailadmin_pages:revisions_index",
    "wagtail_bulk_action",
    "wagtail_localize:convert_to_alias",
    "wagtailsettings:edit",
}

# Need more than an id to open: a session to preview, a block, another method, a page type that fits.
NOT_ALONE = {
    "wagtailadmin_block_preview",
    "wagtailadmin_logout",
    "wagtail_localize:edit_string_translation",
    "wagtail_localize:edit_override",
    "wagtail_localize:preview_translation",
}


IN_QUERY = [
    ("wagtailadmin_choose_page_chosen_multiple", "?id={survey}"),
    ("wagtailimages_chooser:chosen_multiple", "?id={picture}"),
    ("wagtaildocs_chooser:chosen_multiple", "?id={file}"),
    ("wagtailadmin_choose_page", "?target_pages[]={survey}&user_perms=move_to"),
    ("wagtailimages:index", "?collection_id={collection}"),
    ("wagtailadmin_api:pages:listing", "?child_of={page}&for_explorer=1"),
    ("wagtailadmin_api:pages:listing", "?translation_of={page}"),
]


def test_an_id_in_the_query_opens_nothing(foreign, own):
    client = logged_in(own, "owner")
    opened = [
        view for view, query in IN_QUERY if leaks(client.get(reverse(view) + query.format(**foreign.ids)))
    ]
    assert opened == []
    assert is_still_in(client)


def test_nothing_is_done_to_many_of_another_s(foreign, own):
    client = logged_in(own, "owner")
    for action in ("publish", "unpublish", "delete", "move"):
        path = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        for query in ("?id={page}", "?id=all", "?id=all&childOf={home}"):
            address = path + query.format(**foreign.ids)
            assert not_there(client.get(address))
            assert not_there(client.post(address))
    assert Page.objects.filter(pk=foreign.ids["page"], live=True).exists()


def not_there(response: Any) -> bool:
    """404, or the language's redirect to one."""
    return response.status_code == 404 or response.headers.get("Location", "").startswith("/nl/admin/")


def test_a_page_goes_to_no_place_of_another_s(foreign, own):
    client = logged_in(own, "owner")
    data = {"new_parent_page": foreign.ids["page"], "new_title": "X", "new_slug": "x"}
    for view in ("wagtailadmin_pages:copy", "wagtailadmin_pages:move"):
        assert not_there(client.post(reverse(view, args=[own.ids["survey"]]), data))
    assert not Page.objects.filter(slug="x").exists()


def test_a_page_refers_to_nothing_of_another_s(foreign, own):
    """The choosers don't offer it; here the ids are sent all the same."""
    for fields in refers_to(foreign):
        response = post_news(own, **fields)
        assert response.status_code == 200
        assert "niet van jullie" in response.content.decode()


def refers_to(town: Town) -> list[dict[str, Any]]:
    """What a form sends to mention something of this town."""
    return [
        {"picture": town.ids["picture"]},
        {"body-0-value": rich_text(f'<a linktype="page" id="{town.ids["survey"]}">x</a>')},
        {"body-0-value": rich_text(f'<a linktype="document" id="{town.ids["file"]}">x</a>')},
        {
            "body-0-value": rich_text(
                f'<embed embedtype="image" id="{town.ids["picture"]}" format="left" alt="x"/>'
            )
        },
    ]


def test_a_form_that_is_refused_names_nothing_of_another_s(foreign, own):
    """It comes back with what was sent in it: a chooser then shows a title, the text editor an address."""
    told = [fields for fields in refers_to(foreign) if leaks(post_news(own, **fields, title=""))]
    address = reverse("wagtailsettings:edit", args=["cms", "organisationtheme", own.ids["site"]])
    response = logged_in(own, "owner").post(address, {"logo": foreign.ids["picture"], "properties": ""})
    assert (told, response.status_code, leaks(response)) == ([], 200, False)


def test_a_form_that_is_refused_keeps_what_is_one_s_own(own):
    for fields, title in zip(refers_to(own), ("Picture own", "survey-own", "own", "own"), strict=True):
        assert title in post_news(own, **fields, title="").content.decode()


def put_picture(town: Town, picture: int) -> Any:
    """Another picture in the English page than in the Dutch one."""
    source = TranslationSource.objects.get(pk=town.ids["source"])
    segment = OverridableSegment.objects.get(source=source, context__path="picture")
    return logged_in(town, "editor").put(
        reverse("wagtail_localize:edit_override", args=[town.ids["translation"], segment.pk]),
        encode_multipart(BOUNDARY, {"value": picture}),
        content_type=MULTIPART_CONTENT,
    )


def test_a_translation_has_no_picture_of_another_s(foreign, own):
    assert not_there(put_picture(own, foreign.ids["picture"]))
    assert not SegmentOverride.objects.exists()
    assert put_picture(own, own.ids["picture"]).status_code == 201


def test_a_page_with_something_of_another_s_is_not_saved_in_any_way(foreign, own):
    page = ProjectPage.objects.get(pk=own.ids["page"])
    page.picture_id = foreign.ids["picture"]
    with pytest.raises(ValidationError):
        page.save()


@pytest.mark.parametrize(("role", "closed"), [("editor", False), ("facilitator", True), ("researcher", True)])
def test_who_may_write_a_page_brings_its_translations_up_to_date(own, role, closed):
    client = logged_in(own, role)
    addresses = (
        reverse("wagtail_localize:update_translations", args=[own.ids["source"]]),
        reverse("wagtail_localize:submit_page_translation", args=[own.ids["survey"]]),
    )
    assert [not_there(client.get(each)) for each in addresses] == [closed] * 2
    assert not_there(client.post(addresses[0], {"publish_translations": "on"})) is closed


def test_what_is_no_number_is_no_id(own):
    client = logged_in(own, "editor")
    for name in ("child_of", "parent_page_id", "collection_id", "translation_of"):
        assert not_there(client.get(reverse("wagtailadmin_api:pages:listing") + f"?{name}=x"))


def test_a_page_may_refer_to_one_s_own(own):
    assert post_news(own, picture=own.ids["picture"]).status_code == 302


def rich_text(html: str) -> str:
    from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

    return ContentstateConverter(["link", "document-link", "image"]).from_database_format(f"<p>{html}</p>")


def post_news(town: Town, **fields: Any) -> Any:
    address = reverse("wagtailadmin_pages:add", args=["cms", "newspage", town.ids["page"]])
    body_id = str(uuid.uuid4())
    data = {
        "title": "Written",
        "slug": "written",
        "lead": "",
        "picture": "",
        "published_on": dt.date.today().isoformat(),
        "body-count": 1,
        "body-0-deleted": "",
        "body-0-order": 0,
        "body-0-type": "text",
        "body-0-id": body_id,
        "body-0-value": rich_text("Text"),
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "action-publish": "x",
        **fields,
    }
    return logged_in(town, "owner").post(address, data)


def test_usage_tells_of_no_page_of_another_s(foreign, own):
    """A reference that came in some other way still names nobody."""
    page = Page.objects.get(pk=foreign.ids["survey"]).specific
    page.picture = Picture.objects.get(pk=own.ids["picture"])
    page.save(clean=False)
    assert ReferenceIndex.get_references_to(page.picture).filter(object_id=page.pk).exists()
    response = logged_in(own, "owner").get(reverse("wagtailimages:image_usage", args=[own.ids["picture"]]))
    assert response.status_code == 200
    assert not leaks(response)


def test_a_file_is_served_on_its_own_site_only(foreign, own):
    file = File.objects.get(pk=foreign.ids["file"])
    served = [
        Client(SERVER_NAME=town.organisation.site.hostname).get(file.url).status_code
        for town in (foreign, own)
    ]
    assert served == [200, 404]


def test_each_owner_changes_the_look_of_their_own_site_only(foreign, own):
    client = logged_in(own, "owner")
    found = [
        client.get(
            reverse("wagtailsettings:edit", args=["cms", "organisationtheme", town.organisation.site_id])
        ).status_code
        for town in (own, foreign)
    ]
    assert found[0] == 200
    assert found[1] in (302, 404)


def test_an_editor_does_not_change_the_look(own):
    address = reverse("wagtailsettings:edit", args=["cms", "organisationtheme", own.organisation.site_id])
    assert logged_in(own, "editor").get(address).status_code == 302


def test_a_moderator_has_no_business_in_the_admin(own):
    user = User.objects.create_user("moderator@own.example")
    add_member(own.organisation, user, "moderator")
    client = Client()
    client.force_login(user)
    assert client.get(reverse("wagtailadmin_home")).status_code == 302


def test_a_superuser_sees_all(foreign, own):
    client = Client()
    admin = User.objects.create_superuser("admin@example.org")
    client.force_login(admin)
    assert leaks(client.get(reverse("wagtailadmin_explore", args=[1])))


def test_the_chooser_begins_at_one_s_own_home(foreign, own):
    response = logged_in(own, "editor").get(
        reverse("wagtailadmin_choose_page") + "?page_type=cms.SurveyPage", follow=True
    )
    home = HomePage.objects.get(pk=own.ids["home"])
    assert response.json()["parent_page_id"] == home.pk
