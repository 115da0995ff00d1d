"""Objects for tests, made with the least that works. An app's own are in `tests/<app>/factories.py`."""

import uuid

import factory
from wagtail.models import Collection, Page, Site

from participation.organisations.models import Membership, Organisation, Role
from participation.people.models import Participant, User
from participation.projects.models import Phase, Project, Verb


class OrganisationFactory(factory.django.DjangoModelFactory):
    """With a site on `hostname`; `default=True` makes it the site of every other host, as a one-organisation
    installation has. For a whole house with pages use `cms.actions.create_organisation`."""

    class Meta:
        model = Organisation
        django_get_or_create = ("slug",)

    class Params:
        hostname = "localhost"
        default = False

    name = "Library"
    slug = factory.Sequence(lambda n: f"organisation-{n}")
    site = factory.LazyAttribute(lambda o: make_site(o.hostname, o.default, o.name))
    collection = factory.LazyAttribute(lambda o: Collection.get_first_root_node().add_child(name=o.name))


def make_site(hostname: str, default: bool, name: str) -> Site:
    if default:
        Site.objects.filter(is_default_site=True).delete()
    return Site.objects.create(
        hostname=hostname,
        site_name=name,
        is_default_site=default,
        root_page=Page.objects.order_by("-depth").filter(depth__lte=2).first(),
    )


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = "Somebody"


def staff(organisation: Organisation, *roles: str) -> User:
    """A user with these roles (owner when none is named)."""
    user = UserFactory()
    for role in roles or (Role.OWNER,):
        Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


class ParticipantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Participant


class ProjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Project

    name = "More to do in town"
    page_key = factory.LazyFunction(uuid.uuid4)


class PhaseFactory(factory.django.DjangoModelFactory):
    """Open without end, and everything is allowed."""

    class Meta:
        model = Phase

    key = factory.LazyFunction(uuid.uuid4)
    name = "Listening"
    position = 0
    allows = factory.LazyFunction(lambda: list(Verb.values))
