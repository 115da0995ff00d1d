"""At one's own pace: until when."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.core.errors import Invalid
from participation.live.forms import TextField
from participation.live.models import Session
from surveys.actions import set_collector
from surveys.models import Collector

from .registry import Args, register

LONGEST = timedelta(days=366)


class UntilArgs(forms.Form):
    """Null closes it."""

    until = TextField(max_length=10, required=False)

    def clean_until(self) -> date | None:
        try:
            return date.fromisoformat(self.cleaned_data["until"]) if self.cleaned_data["until"] else None
        except ValueError:
            raise forms.ValidationError("date", code="invalid") from None


@register(UntilArgs)
def open_at_own_pace(session: Session, args: Args, actor: Any) -> None:
    """A session that was led can be done by everybody themselves, up to and including this day; one at one's own pace
    closes after it."""
    if session.state != Session.State.ENDED and session.pacing != Session.Pacing.OWN:
        raise Invalid(_("End the session first. Then people can still do it at their own pace."))
    until, today = args["until"], timezone.localdate()
    if until is not None and not today <= until <= today + LONGEST:
        raise Invalid(_("Choose a day from today, at most a year from now."))
    session.own_until = timezone.make_aware(datetime.combine(until, time.max)) if until else timezone.now()
    session.save(update_fields=["own_until"])
    collect(session)


def collect(session: Session) -> None:
    """Take answers at one's own pace. Everybody's room knows the collector when the first of them comes: whoever comes
    back at once finds theirs."""
    if session.version is not None:
        asked = session.version.questionnaire
        set_collector(asked, Collector.Channel.OWN, closes_at=session.own_until)
