"""What is done about needs, with whom and when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from participation.needs.models import Need, Shared


class Programme(Shared):
    """The rules behind a programme page; `page_key` is the page's translation key."""

    page_key = models.UUIDField(unique=True)
    name = models.CharField(max_length=255)
    is_published = models.BooleanField(default=False)
    needs = models.ManyToManyField(Need, through="AnswersNeed", related_name="programmes")

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class AnswersNeed(models.Model):
    """This programme answers that need: said by whom, when and why."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="answers")
    need = models.ForeignKey(Need, models.PROTECT, related_name="answers")
    why = models.TextField(blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "need"], name="answers_need_once")]

    def __str__(self) -> str:
        return f"{self.programme_id} → {self.need_id}"


class Activity(models.Model):
    """Something on a date. Its words are on the page, by `key` (the StreamField block's id)."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="activities")
    key = models.UUIDField()
    name = models.CharField(max_length=255)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="activity_key_once")]

    def __str__(self) -> str:
        return self.name
