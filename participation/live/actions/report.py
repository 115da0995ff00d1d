"""What staff add to the report of a session, and who took its data along."""

import datetime as dt
from typing import Any

from django.db import transaction

from participation.contributions.models import Contribution
from participation.core import audit
from participation.core.errors import Forbidden, Unknown
from participation.core.text import clean_text
from participation.live import permissions, reports
from participation.live.forms import row_ids
from participation.live.models import ChosenQuote, Session
from participation.live.queries import notes_of
from surveys import kinds
from surveys.models import Answer

from .gate import lock


@transaction.atomic
def write_report(session: Session, *, words: str, hear_before: dt.date | None, actor: Any) -> None:
    """The words above the report, and the day before which people hear more."""
    _require(permissions.may_write_report(actor, session))
    locked = lock(session.pk)
    locked.report_words, locked.hear_before = clean_text(words, 2000), hear_before
    locked.save(update_fields=["report_words", "hear_before", "updated_at"])
    audit.record(locked.organisation, actor, "live.report_written", locked)


@transaction.atomic
def choose_quote(session: Session, *, kind: str, key: str, on: bool, actor: Any) -> None:
    """Put a text of this session in its report, or take it out again. Twice is once."""
    _require(permissions.may_write_report(actor, session))
    lock(session.pk)
    found: dict[str, Any] = {kind: _text(session, kind, key)}
    if on:
        ChosenQuote.objects.get_or_create(session=session, **found)
    else:
        ChosenQuote.objects.filter(session=session, **found).delete()
    audit.record(session.organisation, actor, "live.quote_chosen", session, source=kind, key=key, on=on)


@transaction.atomic
def note_export(session: Session, *, what: str, actor: Any) -> None:
    """Somebody takes the answers one by one. No actor is the house itself: a command."""
    _require(actor is None or permissions.may_export(actor, session))
    audit.record(session.organisation, actor, "live.exported", session, what=what)


def _require(allowed: bool) -> None:
    if not allowed:
        raise Forbidden


def _text(session: Session, kind: str, key: str) -> Answer | Contribution:
    """A text of this session that everybody may read, and that is no test."""
    if kind == reports.ANSWER:
        return _first(
            Answer.objects.filter(
                pk__in=row_ids(key),
                question__questionnaire__page_key=session.page_key,
                question__kind__in=[slug for slug, each in kinds.all_kinds().items() if each.one_by_one],
                response__is_test=False,
                state=Answer.State.VISIBLE,
            )
        )
    if kind == reports.CONTRIBUTION:
        return _first(notes_of(session).filter(public_id=key, state=Contribution.State.VISIBLE))
    raise Unknown


def _first(found: Any) -> Any:
    row = found.first()
    if row is None:
        raise Unknown
    return row
