"""How one organisation's site looks."""

import hashlib
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from cms import grounds, theming
from participation.organisations.models import Organisation


class ThemeForm(WagtailAdminModelForm):
    """The logo must be the organisation's own."""

    def clean_logo(self) -> "models.Model | None":
        logo = self.cleaned_data.get("logo")
        organisation = self.instance.organisation
        if logo and organisation and logo.collection not in grounds.collections_of(organisation):
            raise ValidationError(_("Choose one of your own pictures."))
        return logo


@register_setting(icon="view", order=100)
class OrganisationTheme(BaseSiteSetting):
    base_form_class = ThemeForm
    select_related = ["logo"]

    logo = models.ForeignKey(
        "cms.Picture",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
        help_text=_("Beside your name on top of every page. At least 96 pixels high."),
    )
    properties = models.TextField(
        _("theme"),
        blank=True,
        help_text=_(
            "Lines such as “--basis-color-accent-1-color-default: #1f5a43;”, from your NL Design System theme. "
            "Empty: the house theme. Colours that can't be read well are refused."
        ),
    )

    panels = [FieldPanel("logo"), FieldPanel("properties")]

    class Meta:
        verbose_name = _("look of the site")

    @cached_property
    def organisation(self) -> Organisation | None:
        return Organisation.objects.filter(site=self.site).first()

    @property
    def fingerprint(self) -> str:
        """Changes with every change of the theme: the style sheet may be kept for a year."""
        return hashlib.sha256(self.properties.encode()).hexdigest()[:12]

    @property
    def css(self) -> str:
        organisation = self.organisation
        return (
            theming.style_sheet(theme_class(organisation), theming.read(self.properties))
            if organisation
            else ""
        )

    def clean(self) -> None:
        super().clean()
        try:
            problems = theming.too_pale(theming.read(self.properties))
        except ValidationError as error:
            problems = error.messages
        if problems:
            raise ValidationError({"properties": problems})


def theme_class(organisation: Organisation) -> str:
    return f"theme-{organisation.public_id}"
