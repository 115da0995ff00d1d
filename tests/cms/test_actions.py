import pytest
from django.core.management import CommandError, call_command
from wagtail.models import GroupPagePermission, Page, Site

from cms.actions import add_member, create_organisation, remove_member
from participation.core.errors import Forbidden, Invalid
from participation.core.models import AuditEntry
from participation.organisations.models import Organisation
from participation.people.models import User
from tests.factories import UserFactory, staff

ADDRESSES = ["/nl/", "/en/", "/nl/privacy/", "/en/privacy/", "/nl/nieuws/", "/en/accessibility/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_new_organisation_has_its_pages_in_both_languages(house, client, address):
    assert client.get(address).status_code == 200


def test_the_bare_address_leads_to_the_reader_s_language(house, client):
    assert client.get("/", headers={"accept-language": "en"}).headers["Location"] == "/en/"


def test_each_organisation_has_groups_that_may_write_in_its_own_tree_only(house, other_house):
    homes = set(
        GroupPagePermission.objects.filter(group__name="library: editor").values_list("page", flat=True)
    )
    translations = house.site.root_page.get_translations(inclusive=True)
    assert homes == set(translations.values_list("pk", flat=True))


def test_wagtail_s_own_welcome_page_and_groups_are_swept_away(house):
    assert not Page.objects.filter(slug="home").exists()
    assert not GroupPagePermission.objects.filter(page__depth=1).exists()


def test_a_slug_is_used_once(house):
    with pytest.raises(Invalid):
        create_organisation(name="Again", slug="library", hostname="again.example")
    assert not Site.objects.filter(hostname="again.example").exists()


def test_a_host_is_used_once(house):
    with pytest.raises(Invalid):
        create_organisation(name="Again", slug="again", hostname="testserver")


def test_staff_of_one_organisation_can_t_make_another(house):
    with pytest.raises(Forbidden):
        create_organisation(name="X", slug="x", hostname="x.example", actor=staff(house))


def test_the_command_makes_the_owner_too(db):
    call_command(
        "create_organisation",
        name="Bieb",
        slug="bieb",
        hostname="bieb.example",
        owner_email="Owner@Example.org",
    )
    owner = User.objects.get(email="owner@example.org")
    assert [(each.organisation.slug, each.role) for each in owner.memberships.all()] == [("bieb", "owner")]
    assert not owner.has_usable_password()


@pytest.mark.parametrize(
    ("only_https", "address"), [(False, "http://bieb.example"), (True, "https://bieb.example")]
)
def test_where_everything_goes_by_https_the_commands_site_does_too(
    house, settings, capsys, only_https, address
):
    settings.SECURE_SSL_REDIRECT = only_https
    call_command("create_organisation", name="Bieb", slug="bieb", hostname="bieb.example")
    assert capsys.readouterr().out == f"Bieb: {address}/\n"
    assert Organisation.objects.get(slug="bieb").site.root_url == address


def test_the_command_says_what_is_wrong(house):
    with pytest.raises(CommandError, match="library"):
        call_command("create_organisation", name="Again", slug="library", hostname="again.example")


def test_a_role_opens_the_admin_and_losing_it_closes_it(house):
    user = UserFactory()
    add_member(house, user, "editor")
    assert User.objects.get(pk=user.pk).has_perm("wagtailadmin.access_admin")
    assert user.is_staff
    remove_member(house, user, "editor")
    fresh = User.objects.get(pk=user.pk)
    assert not fresh.has_perm("wagtailadmin.access_admin")
    assert not fresh.is_staff


def test_the_last_owner_stays(house):
    owner = UserFactory()
    add_member(house, owner, "owner")
    with pytest.raises(Invalid):
        remove_member(house, owner, "owner", owner)
    assert owner.groups.count() == 1


def test_an_editor_lets_nobody_in(house):
    with pytest.raises(Forbidden):
        add_member(house, UserFactory(), "editor", staff(house, "editor"))


def test_who_came_in_is_in_the_audit_log(house):
    owner = staff(house)
    user = UserFactory()
    add_member(house, user, "moderator", owner)
    entry = AuditEntry.objects.get(verb="member.added")
    assert (entry.actor, entry.organisation, entry.data) == (owner, house, {"role": "moderator"})


def test_every_organisation_has_a_collection_of_its_own(house, other_house):
    assert len(set(Organisation.objects.values_list("collection", flat=True))) == 2
