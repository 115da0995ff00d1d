"""From what people say to what they need. Each arrow is a record with who, when and why."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from participation.contributions.models import Contribution, Thread
from participation.organisations.models import Organisation, Owned, OwnedQuerySet
from participation.projects.models import Project
from surveys.models import Answer


class SharedQuerySet(OwnedQuerySet):
    def visible_to(self, organisation: Organisation) -> Self:
        """Own rows, and rows (whoever wrote them) of projects that are ours or that admitted us."""
        shared = Project.objects.visible_to(organisation).values("pk")
        return self.filter(models.Q(organisation=organisation) | models.Q(project__in=shared))


class Shared(Owned):
    """Owned by one organisation; a project that admitted others shares it with them."""

    project = models.ForeignKey(Project, models.SET_NULL, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = SharedQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        abstract = True


class FieldNote(Shared):
    """What a member of staff heard or saw: the words as said, apart from what the collector makes of them."""

    class Role(models.TextChoices):
        RESIDENT = "resident", _("Resident")
        VISITOR = "visitor", _("Visitor")
        VOLUNTEER = "volunteer", _("Volunteer")
        PROFESSIONAL = "professional", _("Professional")
        ENTREPRENEUR = "entrepreneur", _("Entrepreneur")
        GROUP = "group", _("A group")

    verbatim = models.TextField(_("What was said, word for word"))
    interpretation = models.TextField(_("What do you make of it?"), blank=True)
    workaround = models.TextField(_("How do people manage now?"), blank=True)
    context = models.CharField(_("What was going on?"), max_length=200, blank=True)
    place = models.CharField(_("Where"), max_length=120, blank=True)
    role = models.CharField(
        _("Who said it (never a name)"), max_length=20, choices=Role, default=Role.RESIDENT
    )
    consent = models.BooleanField(_("They know that we keep this and why"), default=False)
    heard_on = models.DateField(_("When"))
    keep_until = models.DateField(_("Keep until"))
    client_id = models.UUIDField(default=uuid.uuid4)  # made by the form: sending it twice stores it once

    class Meta:
        ordering = ["-heard_on", "-created_at"]
        constraints = [models.UniqueConstraint(fields=["organisation", "client_id"], name="note_once")]

    def __str__(self) -> str:
        return self.verbatim[:60]


class Theme(Owned):
    name = models.CharField(_("name"), max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="theme_once")]

    def __str__(self) -> str:
        return self.name


class Need(Shared):
    """Manifest: what people ask for. Latent: what lies behind it, a hypothesis of staff."""

    class Kind(models.TextChoices):
        MANIFEST = "manifest", _("What people ask for")
        LATENT = "latent", _("What lies behind it")

    class Fundamental(models.TextChoices):
        """Max-Neef's nine fundamental human needs (1991)."""

        SUBSISTENCE = "subsistence", _("Getting by")
        PROTECTION = "protection", _("Safety")
        AFFECTION = "affection", _("Belonging to somebody")
        UNDERSTANDING = "understanding", _("Understanding and learning")
        PARTICIPATION = "participation", _("Taking part")
        IDLENESS = "idleness", _("Rest and free time")
        CREATION = "creation", _("Making things")
        IDENTITY = "identity", _("Being someone, belonging somewhere")
        FREEDOM = "freedom", _("Choosing for yourself")

    kind = models.CharField(max_length=8, choices=Kind, default=Kind.MANIFEST)
    sentence = models.TextField(_("The need in one sentence"))
    because = models.TextField(_("Because"), blank=True)
    theme = models.ForeignKey(Theme, models.SET_NULL, null=True, blank=True, related_name="needs")
    behind = models.ManyToManyField(
        "self",
        through="LiesBehind",
        symmetrical=False,
        related_name="in_front",
        through_fields=("latent", "manifest"),
    )
    fundamental = models.CharField(_("Fundamental need"), max_length=14, choices=Fundamental, blank=True)
    # Somebody else than the maker read the quotes and agrees; a changed sentence has to be read again.
    second_reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    second_read_at = models.DateTimeField(null=True, blank=True)
    is_public = models.BooleanField(_("Residents may read this need"), default=False)
    why_not = models.TextField(_("Why we don't take this up"), blank=True)
    why_not_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-updated_at"]

    def __str__(self) -> str:
        return self.sentence


class LiesBehind(models.Model):
    """This latent need lies behind that manifest one: said by whom, when and why."""

    latent = models.ForeignKey(Need, models.CASCADE, related_name="behind_links")
    manifest = models.ForeignKey(Need, models.CASCADE, related_name="front_links")
    why = models.TextField(blank=True)
    ladder = models.JSONField(default=list)  # up to three answers to "why does that matter?"
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["latent", "manifest"], name="behind_once"),
            models.CheckConstraint(
                condition=~models.Q(latent=models.F("manifest")), name="not_behind_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.latent_id} → {self.manifest_id}"


class FromSource(Shared):
    """About one text: exactly one of an answer, a contribution or a field note, and gone when that is erased."""

    answer = models.ForeignKey(Answer, models.CASCADE, null=True, blank=True, related_name="%(class)s")
    contribution = models.ForeignKey(
        Contribution, models.CASCADE, null=True, blank=True, related_name="%(class)s"
    )
    field_note = models.ForeignKey(FieldNote, models.CASCADE, null=True, blank=True, related_name="%(class)s")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_has_one_source",
                condition=(
                    models.Q(answer__isnull=False, contribution=None, field_note=None)
                    | models.Q(answer=None, contribution__isnull=False, field_note=None)
                    | models.Q(answer=None, contribution=None, field_note__isnull=False)
                ),
            )
        ]


class Channel(models.TextChoices):
    """How words came in: a collector's channel, a thread's kind, or a note."""

    WEB = "web", _("Survey")
    KIOSK = "kiosk", _("Tablet in the building")
    PAPER = "paper", _("Paper form")
    INTERVIEW = "interview", _("Conversation")
    LIVE = "live", _("Live session")
    HANDS = "hands", _("Show of hands")
    CARDS = "cards", _("Voting cards")
    OWN = "own", _("Session at one's own pace")
    WALL = "wall", _("Wall in a session")
    STAGE = "stage", _("Question to the stage")
    TALK = "talk", _("Conversation at a table")
    BOARD = "board", _("Idea board")
    NOTE = "note", _("Field note")


# A thread's kind that is no choice of its own: its texts are quoted all the same.
CHANNEL_NAMES: dict[str, Any] = {
    **dict(Channel.choices),
    Thread.Kind.STATEMENTS.value: _("Statement added in a session"),
}


class Evidence(FromSource):
    """A quoted fragment with its source, how it came in and when it was said."""

    quote = models.TextField(_("quote"))
    start = models.PositiveIntegerField(default=0)  # where the fragment begins in the source's text
    channel = models.CharField(max_length=20, choices=Channel)
    heard_on = models.DateField()
    needs = models.ManyToManyField(Need, through="Backing", related_name="evidence")

    class Meta(FromSource.Meta):
        ordering = ["-heard_on", "-id"]
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return self.quote[:60]

    @property
    def channel_label(self) -> str:
        return str(CHANNEL_NAMES.get(self.channel, self.channel))

    @property
    def source(self) -> tuple[str, str]:
        """Kind and key of the text it was taken from, as `sources.find` wants them."""
        if self.answer_id:
            return "answer", str(self.answer_id)
        if self.contribution is not None:
            return "contribution", self.contribution.public_id
        return "note", self.field_note.public_id if self.field_note else ""


class Reading(FromSource):
    """A member of staff read this text and found nothing (more) to quote, so that it stops waiting."""

    def __str__(self) -> str:
        return f"{self.answer_id or self.contribution_id or self.field_note_id} read"


class Backing(models.Model):
    """This evidence speaks for or against that need: said by whom, when and why."""

    class Stance(models.TextChoices):
        FOR = "for", _("For")
        AGAINST = "against", _("Against")

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="backings")
    need = models.ForeignKey(Need, models.CASCADE, related_name="backings")
    stance = models.CharField(max_length=8, choices=Stance, default=Stance.FOR)
    why = models.TextField(_("Why"), blank=True)
    # Checked by a person: nobody can be recognised. Even then it is shown only with a public need.
    is_public = models.BooleanField(_("Residents may read this quote"), default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["evidence", "need"], name="evidence_for_need_once")]

    def __str__(self) -> str:
        return f"{self.evidence_id} {self.stance} {self.need_id}"
