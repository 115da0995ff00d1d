"""Reports by readers, and what staff decided, with the reason."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from participation.contributions.models import Contribution
from participation.organisations.models import Owned
from participation.people.models import Participant


class Reason(models.TextChoices):
    RUDE = "rude", _("It is rude or hurts somebody")
    PRIVATE = "private", _("It has personal details")
    SPAM = "spam", _("It is advertising or nonsense")
    OFF_TOPIC = "off_topic", _("It is about something else")
    OTHER = "other", _("Something else")


class Report(Owned):
    """A reader says: look at this."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="reports")
    participant = models.ForeignKey(Participant, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=10, choices=Reason)
    note = models.CharField(max_length=500, blank=True)
    decision = models.ForeignKey(
        "Decision", models.SET_NULL, null=True, blank=True, related_name="reports"
    )  # empty: it waits in the queue

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contribution", "participant"], name="report_once")]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.contribution_id}"


class Decision(Owned):
    """Approved or hidden, by whom and why. Undoing removes the row (the audit log keeps both) and so reopens the
    reports it had settled: the newest row is what holds now."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("Approved")
        HIDDEN = "hidden", _("Hidden")

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome)
    before = models.CharField(max_length=8, choices=Contribution.State)  # what undoing gives back
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    note = models.CharField(max_length=500, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.contribution_id}"
