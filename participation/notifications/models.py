"""Who wants to hear more. Receipts and digests themselves are computed from the tables."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.organisations.models import Owned
from participation.projects.models import Project


class Subscription(Owned):
    """An address that wants news of one project. It counts once confirmed; a link in every mail ends it."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="subscriptions")
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(max_length=12, default="nl")
    asked_at = models.DateTimeField(default=timezone.now)  # when the last "do you want this?" was mailed
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "email"], name="subscribed_once")]

    def __str__(self) -> str:
        return self.email
