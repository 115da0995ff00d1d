"""A session is a script of steps. What people answer is in `surveys`, what they write in `contributions`."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.contributions.models import Thread
from participation.organisations.models import Owned
from participation.people.models import Participant
from participation.projects.models import Project
from surveys.models import Collector, Question, QuestionnaireVersion


class IssuedCode(models.Model):
    """A join code that was given out. It outlives its session: posters and saved links never lead to another room."""

    code = models.CharField(max_length=6, primary_key=True)
    issued_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.code


class Session(Owned):
    """`page_key` is the session page's translation key.

    `rev` is raised in every transaction that changes what somebody sees, and only grows. `room_rev` is the `rev` at
    which the room last moved (a command, a new script); between two of those only answers and texts came in.
    """

    class State(models.TextChoices):
        LOBBY = "lobby", _("Not begun")
        RUNNING = "running", _("Running")
        PAUSED = "paused", _("Paused")
        ENDED = "ended", _("Ended")

    class Pacing(models.TextChoices):
        LIVE = "live", _("Together, led by a facilitator")
        OWN = "own", _("Everyone at their own pace")

    project = models.ForeignKey(Project, models.SET_NULL, null=True, blank=True, related_name="sessions")
    page_key = models.UUIDField(unique=True)
    # Six digits, unique in the whole installation (see IssuedCode).
    code = models.CharField(max_length=6, unique=True)
    name = models.CharField(max_length=255)
    source_language = models.CharField(max_length=12, default="nl")
    labels = models.JSONField(default=dict)  # {"nl": {"title": ...}, "en": {...}}
    state = models.CharField(max_length=8, choices=State, default=State.LOBBY)
    pacing = models.CharField(max_length=4, choices=Pacing, default=Pacing.LIVE)
    rev = models.PositiveBigIntegerField(default=1)
    room_rev = models.PositiveBigIntegerField(default=1)
    locked = models.BooleanField(default=False)
    is_private = models.BooleanField(default=False)
    screen_is_public = models.BooleanField(default=True)
    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, null=True, related_name="sessions")
    collector = models.ForeignKey(Collector, models.PROTECT, null=True, related_name="sessions")
    current = models.ForeignKey("Step", models.SET_NULL, null=True, blank=True, related_name="+")
    # What the page last said: {"version": id, "steps": [...]} as `actions.script` makes it.
    script = models.JSONField(default=dict)
    # The same, published while the room was busy: it waits until the facilitator takes it.
    waiting = models.JSONField(null=True, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_at", "-created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def topic(self) -> str:
        """The name under which its events are published."""
        return f"live.{self.public_id}"

    def title(self, language: str) -> str:
        """In the reader's language, else in the language it was written in."""
        for each in (language, self.source_language):
            if found := self.labels.get(each, {}).get("title"):
                return found
        return self.name


class Step(models.Model):
    """`labels` holds the words by language: {"nl": {"label", "help", "text"}, ...}; a question's own are in its version."""

    class Type(models.TextChoices):
        QUESTION = "question", _("Question")
        SLIDE = "slide", _("Slide")
        WALL = "wall", _("Idea wall")
        STAGE = "stage", _("Questions to the stage")

    session = models.ForeignKey(Session, models.CASCADE, related_name="steps")
    key = models.UUIDField()
    position = models.PositiveSmallIntegerField()
    type = models.CharField(max_length=8, choices=Type)
    question = models.ForeignKey(Question, models.PROTECT, null=True, blank=True, related_name="steps")
    thread = models.ForeignKey(Thread, models.PROTECT, null=True, blank=True, related_name="steps")
    labels = models.JSONField(default=dict)
    is_open = models.BooleanField(default=False)
    results_shown = models.BooleanField(default=False)
    round = models.PositiveSmallIntegerField(default=0)
    timer_ends_at = models.DateTimeField(null=True, blank=True)
    inserted = models.BooleanField(default=False)  # made in the room, not by the page's editor

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["session", "key"], name="step_key_once_per_session")]

    def __str__(self) -> str:
        return f"{self.position}. {self.get_type_display()}"

    def words(self, language: str, source_language: str) -> dict[str, Any]:
        """Its own texts, word by word in the reader's language or else the source language."""
        wanted = {name: text for name, text in self.labels.get(language, {}).items() if text}
        return {**self.labels.get(source_language, {}), **wanted}


class Attendance(models.Model):
    """This participant was in this session (counts people, and is kept when they leave)."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="attendances")
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "participant"], name="attends_once")]

    def __str__(self) -> str:
        return f"{self.participant_id} @ {self.session_id}"


class HandledMessage(models.Model):
    """A message id we handled, with its outcome: sending it again repeats the answer and stores nothing."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    sender = models.CharField(max_length=40)  # participant id, or "user:<id>" for a command
    message_id = models.UUIDField()
    outcome = models.JSONField()  # {"rev": n} or {"code": "closed"}
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "sender", "message_id"], name="handled_once")
        ]

    def __str__(self) -> str:
        return str(self.message_id)
