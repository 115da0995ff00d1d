"""A page with an object behind it: the page is the words, publishing it calls the room's action."""

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.forms import RoomPageForm
from cms.grounds import organisation_of
from participation.core.errors import Invalid
from participation.organisations.models import Organisation
from participation.projects.models import Project

from .base import SitePage


class RoomPage(SitePage):
    """The object is found by the page's translation key, so all languages of a page share one object."""

    base_form_class = RoomPageForm

    class Meta:
        abstract = True

    @property
    def object_key(self) -> uuid.UUID:
        """An alias shows the object of the page it mirrors."""
        return self.alias_of.translation_key if self.alias_of_id else self.translation_key

    @property
    def is_source(self) -> bool:
        """The page in which the object was first written; its translations only add words."""
        if self.alias_of_id:
            return False
        first = Page.objects.filter(translation_key=self.translation_key).order_by("pk").first()
        return first is None or first.pk == self.pk

    def publish_object(self, organisation: Organisation, project: Project | None, actor: Any) -> None:
        """Call the room's action. Raises ActionError when the room refuses."""
        raise NotImplementedError

    def add_words(self, organisation: Organisation) -> None:
        """This is a translation: give its words to the object. For rooms without words there is nothing to do."""

    def withdraw_object(self, organisation: Organisation, actor: Any) -> None:
        """The page is no longer public. The object stays; a room that shows it elsewhere is told here."""

    def tell_room(self, parent: Page, actor: Any) -> None:
        organisation = organisation_of(parent)
        if organisation is None:
            return
        if self.is_source:
            self.publish_object(organisation, self.project_under(parent, organisation), actor)
        elif not self.alias_of_id:
            self.add_words(organisation)

    def rehearse(self, parent: Page, actor: Any) -> None:
        """Do what publishing would do and take it all back. Raises ActionError when a room refuses."""
        with transaction.atomic():
            self.tell_room(parent, actor)
            transaction.set_rollback(True)

    def project_under(self, parent: Page, organisation: Organisation) -> Project | None:
        """The project of the page above. What residents say in a room belongs to it, so it has to be there first."""
        key = getattr(parent.specific, "object_key", None)
        project = Project.objects.filter(organisation=organisation, page_key=key).first() if key else None
        if project is None:
            raise Invalid(_("Publish the project page first: what people say here belongs to the project."))
        return project
