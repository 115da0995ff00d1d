"""What people write to each other: an idea, a comment, a note on a wall, a question to the stage are all contributions."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.core.text import MAX_LENGTH
from participation.organisations.models import Owned, OwnedQuerySet
from participation.people.models import Participant
from participation.projects.models import Project


class Thread(Owned):
    """A place to write. `page_key` is the board page's translation key, or the key of a step in a session's script."""

    class Kind(models.TextChoices):
        BOARD = "board", _("Idea board")
        WALL = "wall", _("Wall in a session")
        STAGE = "stage", _("Questions to the stage")
        TALK = "talk", _("A table's notes in a session")
        STATEMENTS = "statements", _("Statements that residents add")

    project = models.ForeignKey(Project, models.SET_NULL, null=True, blank=True, related_name="threads")
    page_key = models.UUIDField()
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=255)
    approve_first = models.BooleanField(_("Staff approve before others see it"), default=False)
    closes_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "page_key"], name="one_thread_per_page")
        ]

    def __str__(self) -> str:
        return self.name

    def is_open(self, moment: datetime | None = None) -> bool:
        """Whether the closing date leaves room to write; the project's phase has its own say."""
        return self.closes_at is None or self.closes_at > (moment or timezone.now())


def _count(rows: models.QuerySet, by: str) -> Coalesce:
    """The number of `rows` that point at this one, as a subquery: two of them never multiply each other."""
    counted = rows.order_by().values(by).annotate(n=models.Count("pk")).values("n")
    return Coalesce(models.Subquery(counted), 0)


class ContributionQuerySet(OwnedQuerySet):
    def ideas(self) -> Self:
        """Ideas, notes and questions; not the comments on them."""
        return self.filter(parent=None)

    def visible(self) -> Self:
        """What everybody may read."""
        return self.filter(state=Contribution.State.VISIBLE)

    def shown_to(self, participant: Participant | None) -> Self:
        """What everybody may read, and what this participant wrote that still waits for approval."""
        shown = models.Q(state=Contribution.State.VISIBLE)
        if participant is not None:
            shown |= models.Q(state=Contribution.State.PENDING, participant=participant)
        return self.filter(shown)

    def with_counts(self) -> Self:
        """Adds `support_count` and `comment_count` (comments everybody may read)."""
        here = models.OuterRef("pk")
        comments = Contribution.objects.filter(parent=here, state=Contribution.State.VISIBLE)
        return self.annotate(
            support_count=_count(Support.objects.filter(contribution=here), "contribution"),
            comment_count=_count(comments, "parent"),
        )

    def with_mine(self, participant: Participant | None) -> Self:
        """Adds `mine` (this participant wrote it) and `supported` (this participant is for it)."""
        if participant is None:
            no: Any = models.Value(False)
            return self.annotate(mine=no, supported=no)
        support = Support.objects.filter(contribution=models.OuterRef("pk"), participant=participant)
        mine = models.Case(
            models.When(participant=participant, then=True), default=False, output_field=models.BooleanField()
        )
        return self.annotate(mine=mine, supported=models.Exists(support))


class Cluster(models.Model):
    """Notes of one thread that staff put together, under a name."""

    NAME_LENGTH = 60

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="clusters")
    name = models.CharField(max_length=NAME_LENGTH)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class Contribution(Owned):
    """A resident's text in a thread; with a `parent` it is a comment on it."""

    TITLE_LENGTH = 120
    TEXT_LENGTH = MAX_LENGTH
    NAME_LENGTH = 60

    class State(models.TextChoices):
        VISIBLE = "visible", _("Visible")
        PENDING = "pending", _("Waits for approval")
        HIDDEN = "hidden", _("Hidden")
        REMOVED = "removed", _("Taken back by the writer")

    class Flag(models.TextChoices):
        """Why it waits although the thread does not ask for approval."""

        MANY = "many", _("Many came from the same place in a short time")
        TRAP = "trap", _("A field that people don't see was filled in")

    class Status(models.TextChoices):
        """What staff do with an idea."""

        NEW = "new", _("New")
        CONSIDERED = "considered", _("We are looking at it")
        ACCEPTED = "accepted", _("We are going to do this")
        DONE = "done", _("Done")
        DECLINED = "declined", _("We are not going to do this")

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="contributions")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="comments")
    participant = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="contributions"
    )
    name = models.CharField(_("your name"), max_length=NAME_LENGTH, blank=True)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    text = models.TextField(_("text"))
    language = models.CharField(max_length=12, default="nl")
    state = models.CharField(max_length=8, choices=State, default=State.VISIBLE)
    status = models.CharField(max_length=10, choices=Status, default=Status.NEW)
    flag = models.CharField(max_length=4, choices=Flag, blank=True)
    pinned = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    client_id = models.UUIDField(null=True, blank=True)  # made with the form: sending it twice stores it once
    cluster = models.ForeignKey(Cluster, models.SET_NULL, null=True, blank=True, related_name="notes")
    translations = models.JSONField(default=dict, blank=True)  # by staff: {"en": text}
    is_test = models.BooleanField(default=False)  # of a rehearsal: it never counts

    objects = ContributionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["thread", "state", "-created_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["thread", "participant", "client_id"], name="one_contribution_per_form"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.text[:60]


class Support(models.Model):
    """One participant is for one contribution, once."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="supports")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="supports")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contribution", "participant"], name="support_once")]

    def __str__(self) -> str:
        return f"{self.participant_id} + {self.contribution_id}"


class OfficialReply(models.Model):
    """What the organisation answers, with the status it gave at that moment."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("text"))
    status = models.CharField(max_length=10, choices=Contribution.Status)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.text[:60]
