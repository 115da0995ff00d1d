"""What every room shares: public ids, time stamps and the audit log."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .ids import new_public_id


class PublicModel(models.Model):
    """A row that people see: a random id for addresses, and when it was made and changed."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        abstract = True


class AuditEntry(models.Model):
    """What a member of staff did, to what, when. Never a resident's vote."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    target_type = models.CharField(max_length=60)
    target_id = models.CharField(max_length=64)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["organisation", "-at"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_type} {self.target_id}"
