"""The forms in which editors write pages."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from participation.areas.models import Area
from participation.core.errors import ActionError
from participation.needs.models import Need
from participation.organisations.models import Organisation

from . import grounds, references
from .scripts import SCRIPTS


class SitePageForm(WagtailAdminPageForm):
    """A page may only refer to what its own organisation has: a foreign id in a form must not bring it in."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.instance.path:
            return  # the page looks by itself
        try:
            references.must_be_own(self.instance, self.organisation)
        except ValidationError as refusal:
            self.add_error(None, refusal)

    @property
    def organisation(self) -> Organisation | None:
        return grounds.organisation_of(self.parent_page) if self.parent_page else None


class RoomPageForm(SitePageForm):
    """Publishing is rehearsed first, so that a rule of the room is an error in the form and not a failure after it."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_deferred_validation or self.errors or self.parent_page is None:
            return
        try:
            self.instance.rehearse(self.parent_page.specific, self.for_user)
        except ActionError as refusal:
            for name, error in refusal.errors.items():
                if name in self.fields:
                    self.add_error(name, error)
            self.add_error(None, str(refusal.detail))
        except ValidationError as refusal:
            self.add_error(None, refusal)


class AreaMixin(WagtailAdminPageForm):
    """With the areas that were imported to choose from. Mix it into a page form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "area_code" in self.fields:
            self.fields["area_code"] = area_field(self.fields["area_code"])


class ProjectPageForm(AreaMixin, RoomPageForm):
    pass


class HomePageForm(AreaMixin, SitePageForm):
    pass


def area_field(field: forms.Field) -> forms.ChoiceField:
    """A list of areas in place of a typed code."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for area in Area.objects.exclude(kind=Area.Kind.COUNTRY).order_by("kind", "name"):
        groups.setdefault(area.get_kind_display(), []).append((area.code, area.name))
    return forms.ChoiceField(
        choices=[("", "---------"), *groups.items()],
        required=False,
        label=field.label,
        help_text=field.help_text,
    )


class NeedsMixin(SitePageForm):
    """With the needs the organisation may see to choose from. Mix it into a page form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = self.organisation
        if "needs" in self.fields:
            seen = Need.objects.visible_to(organisation) if organisation else Need.objects.none()
            self.fields["needs"].queryset = seen

    def _post_clean(self) -> None:
        if "needs" in self.cleaned_data:
            self.instance.needs = self.cleaned_data["needs"]
        super()._post_clean()


class ResultsPageForm(NeedsMixin, SitePageForm):
    pass


class ProgrammePageForm(NeedsMixin, RoomPageForm):
    pass


class PrepareForm(forms.Form):
    """With which script a session begins, and in which project. Without a script: with an empty page."""

    project = forms.ChoiceField(
        label=_("In which project?"),
        widget=forms.Select(attrs={"class": "utrecht-select utrecht-select--html-select"}),
    )
    script = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, projects: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.projects = {str(page.pk): page for page in projects}
        self.fields["project"].choices = [(pk, page.title) for pk, page in self.projects.items()]  # type: ignore[attr-defined]
        self.fields["script"].choices = [("", ""), *((slug, slug) for slug in SCRIPTS)]  # type: ignore[attr-defined]

    def clean_project(self) -> Any:
        return self.projects[self.cleaned_data["project"]]


class SearchForm(forms.Form):
    """What somebody looks for on the site."""

    q = forms.CharField(
        label=_("Search on this site"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def clean_q(self) -> str:
        """Words only: quotes and the like mean something to SQLite's search, which fails on half of a pair."""
        return " ".join(re.sub(r"[^\w\s]", " ", self.cleaned_data["q"]).split())
