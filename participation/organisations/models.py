"""Who owns what. Every domain object has one owning organisation; nothing crosses by itself."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from participation.core.models import PublicModel


class Organisation(PublicModel):
    """A library, municipality or partner, with a site of its own."""

    class Kind(models.TextChoices):
        LIBRARY = "library", _("Library")
        MUNICIPALITY = "municipality", _("Municipality")
        PARTNER = "partner", _("Partner")

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.LIBRARY)
    site = models.OneToOneField(
        "wagtailcore.Site", models.SET_NULL, null=True, blank=True, related_name="organisation"
    )
    collection = models.OneToOneField(
        "wagtailcore.Collection", models.SET_NULL, null=True, blank=True, related_name="organisation"
    )
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    EDITOR = "editor", _("Editor")
    FACILITATOR = "facilitator", _("Facilitator")
    RESEARCHER = "researcher", _("Researcher")
    MODERATOR = "moderator", _("Moderator")


class Membership(models.Model):
    """One person's role in one organisation. A person may have several rows."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="one_row_per_role")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation} · {self.get_role_display()}"


class OwnedQuerySet(models.QuerySet):
    def of(self, organisation: Organisation | None) -> Self:
        """Rows this organisation owns. Use it (or a queryset built on it) in every read."""
        return self.filter(organisation=organisation)


class Owned(PublicModel):
    """A domain object: exactly one organisation owns it."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")

    objects = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True
