"""A session is a script of steps. What people answer is in `surveys`, what they write in `contributions`."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.contributions.models import Contribution, Thread
from participation.organisations.models import Organisation, Owned, OwnedQuerySet
from participation.people.models import Participant
from participation.projects.models import Project
from surveys.models import Answer, Collector, Question, QuestionnaireVersion, Response

MOST_TABLES = 40  # of one step of type talk


class SessionQuerySet(OwnedQuerySet):
    def visible_to(self, organisation: Organisation) -> Self:
        """Own ones, and those of projects that admitted this organisation."""
        shared = Project.objects.visible_to(organisation).values("pk")
        return self.filter(models.Q(organisation=organisation) | models.Q(project__in=shared))


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
    # Answers and texts are tests, until the rehearsal is over and they are gone.
    rehearsing = models.BooleanField(default=False)
    # An ended session that was led can still be done at one's own pace, until then.
    own_until = models.DateTimeField(null=True, blank=True)
    pause_text = models.CharField(max_length=300, blank=True)  # on the slide of a pause
    # Fingerprints of nicknames that staff removed (see `live.names`).
    removed_names = models.JSONField(default=list, blank=True)
    # Who has this key may write captions here: a captioner without an account, a caption service.
    caption_key = models.CharField(max_length=32, blank=True)
    captions_on_screen = models.BooleanField(default=True)
    # The report: what staff say above it, and before which day people hear more.
    report_words = models.TextField(max_length=2000, blank=True)
    hear_before = models.DateField(null=True, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def at_own_pace(self) -> bool:
        """Everybody goes through the steps themselves, at this moment."""
        if self.state == self.State.ENDED:
            return self.own_until is not None and self.own_until > timezone.now()
        return self.pacing == self.Pacing.OWN and self.state == self.State.RUNNING and not self.is_over

    @property
    def is_over(self) -> bool:
        """Nothing is taken in any more. One at one's own pace ends by itself when its time is over."""
        is_late = self.own_until is not None and self.own_until <= timezone.now()
        if self.state == self.State.ENDED:
            return self.own_until is None or is_late
        return self.pacing == self.Pacing.OWN and is_late

    def channel_at(self, moment: datetime) -> str:
        """How somebody took part who wrote something at this moment."""
        is_own = self.pacing == self.Pacing.OWN or (self.ended_at is not None and moment > self.ended_at)
        return Collector.Channel.OWN.value if is_own else Collector.Channel.LIVE.value

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
    """`labels` holds the words by language: {"nl": {"label", "help", "text"}, ...}; a question's own are in its version.
    Under `media` is what a slide shows (see `live.slides`)."""

    class Type(models.TextChoices):
        QUESTION = "question", _("Question")
        SLIDE = "slide", _("Slide")
        WALL = "wall", _("Idea wall")
        STAGE = "stage", _("Questions to the stage")
        TALK = "talk", _("Conversation in small groups")
        SCORES = "scores", _("Scoreboard")

    class Seating(models.TextChoices):
        """How people of a step of type talk get to a table."""

        RANDOM = "random", _("At random")
        CHOICE = "choice", _("By choice")

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
    compared = models.BooleanField(default=False)  # results beside those of the round before
    # What else its type needs, the same in every language: ids of media, a place, how to make tables.
    config = models.JSONField(default=dict, blank=True)
    timer_ends_at = models.DateTimeField(null=True, blank=True)
    inserted = models.BooleanField(default=False)  # made in the room, not by the page's editor

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["session", "key"], name="step_key_once_per_session")]

    def __str__(self) -> str:
        return f"{self.position}. {self.get_type_display()}"

    @property
    def is_mixed(self) -> bool:
        """People are given a table; else they choose one."""
        return self.type == self.Type.TALK and self.config.get("by") != self.Seating.CHOICE

    def words(self, language: str, source_language: str) -> dict[str, Any]:
        """Its own texts, word by word in the reader's language or else the source language."""
        wanted = {name: text for name, text in self.labels.get(language, {}).items() if text}
        return {**self.labels.get(source_language, {}), **wanted}


class Attendance(models.Model):
    """This participant was in this session (counts people, and is kept when they leave).

    Several people may share a phone: each has a `seat` on it and is a participant of their own (see `live.seats`);
    `phone` is the id of the first."""

    NAME_LENGTH = 30
    MOST_PEOPLE = 20  # at one table

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances", db_index=False)
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="attendances")
    joined_at = models.DateTimeField(auto_now_add=True)
    phone = models.UUIDField(null=True, blank=True)  # of which this is another seat
    seat = models.PositiveSmallIntegerField(default=0)
    nickname = models.CharField(max_length=NAME_LENGTH, blank=True)
    given_by = models.CharField(max_length=6, choices=Response.GivenBy, default=Response.GivenBy.SELF)
    people = models.PositiveSmallIntegerField(default=1)  # who answer together as a table
    at_step = models.ForeignKey(Step, models.SET_NULL, null=True, blank=True, related_name="+")  # own pace
    removed_at = models.DateTimeField(
        null=True, blank=True
    )  # by a facilitator: it may not take part any more
    is_test = models.BooleanField(default=False)  # simulated, or in a rehearsal

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "participant"], name="attends_once")]
        indexes = [models.Index(fields=["session", "phone"])]

    def __str__(self) -> str:
        return f"{self.participant_id} @ {self.session_id}"


class Table(models.Model):
    """One group of a step of type talk, with a wall of its own."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="tables")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60, blank=True)
    link = models.URLField(blank=True)  # of a video call
    phone = models.CharField(max_length=40, blank=True)  # to dial in
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="tables")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["step", "number"], name="table_number_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class Seat(models.Model):
    """This participant sits at this table (at one in each step)."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="seats")
    table = models.ForeignKey(Table, models.CASCADE, related_name="seats")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    takes_notes = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "participant"], name="one_table_each")]

    def __str__(self) -> str:
        return f"{self.participant_id} @ {self.table_id}"


def threads_of(session: Session) -> models.QuerySet[Thread]:
    """Where people write in this session: on walls, to the stage, at tables, beside questions."""
    here = models.Q(steps__session=session) | models.Q(tables__step__session=session)
    return Thread.objects.filter(pk__in=Thread.objects.filter(here).values("pk"))


class Caption(models.Model):
    """A line of what is said in the room, written along."""

    LENGTH = 300

    session = models.ForeignKey(Session, models.CASCADE, related_name="captions")
    text = models.CharField(max_length=LENGTH)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text


class ChosenQuote(models.Model):
    """A text that staff chose for the report of the session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="quotes")
    answer = models.ForeignKey(Answer, models.CASCADE, null=True, blank=True, related_name="+")
    contribution = models.ForeignKey(Contribution, models.CASCADE, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "answer"], name="answer_chosen_once"),
            models.UniqueConstraint(fields=["session", "contribution"], name="contribution_chosen_once"),
            models.CheckConstraint(
                condition=models.Q(answer__isnull=True) ^ models.Q(contribution__isnull=True),
                name="chosen_is_answer_or_contribution",
            ),
        ]

    def __str__(self) -> str:
        return str(self.answer or self.contribution)


class HandledMessage(models.Model):
    """A message id we handled, with its outcome: sending it again repeats the answer and stores nothing."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="+", db_index=False)
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
