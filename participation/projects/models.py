"""Consultations and trajectories, their phases, who else takes part, and the code that leads a resident back."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from participation.areas.models import Area
from participation.core.ids import new_receipt_code
from participation.organisations.models import Organisation, Owned, OwnedQuerySet
from participation.people.models import Participant


class ProjectQuerySet(OwnedQuerySet):
    def visible_to(self, organisation: Organisation) -> "ProjectQuerySet":
        """Own projects, and those that admitted this organisation."""
        return self.filter(
            models.Q(organisation=organisation) | models.Q(admissions__organisation=organisation)
        ).distinct()


class Project(Owned):
    """The rules behind a project page. `page_key` is the page's translation key: all its languages are one project."""

    class Status(models.TextChoices):
        RUNNING = "running", _("Running")
        CLOSED = "closed", _("Closed")

    page_key = models.UUIDField(unique=True)
    name = models.CharField(_("name"), max_length=255)  # as the source page's title
    status = models.CharField(max_length=10, choices=Status, default=Status.RUNNING)
    area = models.ForeignKey(Area, models.SET_NULL, null=True, blank=True, related_name="projects")

    objects = ProjectQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class Verb(models.TextChoices):
    """What a phase may allow."""

    SURVEY = "survey", _("Fill in surveys")
    SESSION = "session", _("Join sessions")
    IDEA = "idea", _("Post ideas")
    COMMENT = "comment", pgettext_lazy("verb", "Comment")
    SUPPORT = "support", _("Support ideas")


class PhaseQuerySet(models.QuerySet):
    def open_at(self, moment: datetime) -> "PhaseQuerySet":
        return self.filter(
            models.Q(opens_at=None) | models.Q(opens_at__lte=moment),
            models.Q(closes_at=None) | models.Q(closes_at__gt=moment),
        )


class Phase(models.Model):
    """A stretch of a project: when, and what is allowed while it is open. Its words are on the page, by `key`."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="phases")
    key = models.UUIDField()  # the StreamField block's id
    name = models.CharField(max_length=255)
    position = models.PositiveSmallIntegerField()
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    allows = models.JSONField(default=list)  # of Verb values

    objects = PhaseQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["project", "key"], name="phase_key_once_per_project"),
            models.CheckConstraint(
                condition=models.Q(opens_at=None)
                | models.Q(closes_at=None)
                | models.Q(opens_at__lt=models.F("closes_at")),
                name="phase_opens_before_it_closes",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Admission(models.Model):
    """Another organisation in this project, with one of the roles; sessions, evidence and needs follow."""

    class Level(models.TextChoices):
        READ = "read", _("May read")
        CONTRIBUTE = "contribute", _("May add notes and evidence")

    project = models.ForeignKey(Project, models.CASCADE, related_name="admissions")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="admissions")
    level = models.CharField(max_length=12, choices=Level, default=Level.READ)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "organisation"], name="admitted_once")]

    def __str__(self) -> str:
        return f"{self.organisation} → {self.project}"


class Receipt(models.Model):
    """The code with which a resident sees what became of their input: one per participant and project."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="receipts")
    project = models.ForeignKey(Project, models.CASCADE, related_name="receipts")
    code = models.CharField(max_length=13, unique=True, default=new_receipt_code, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "project"], name="one_receipt_per_project")
        ]

    def __str__(self) -> str:
        return self.code
