"""Days and times as people say them, here."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

A_SECOND = dt.timedelta(seconds=1)


def day(moment: dt.date | dt.datetime) -> str:
    """Thursday 3 December; with the year when it is not this one."""
    return _date(moment, "l j F")


def short_day(moment: dt.date | dt.datetime) -> str:
    """3 December, for what is weeks away or long; with the year when it is not this one."""
    return _date(moment, "j F")


def clock(moment: dt.datetime) -> str:
    """19:30; in Dutch 19.30 uur."""
    # Translators: the time of day as a Django date format, here "19:30"; for "19.30 uur" it is "H.i \u\u\r"
    return date_format(timezone.localtime(moment), pgettext("time format", "H:i"))


def day_and_time(moment: dt.datetime) -> str:
    """Thursday 3 December, 19:30."""
    return f"{day(moment)}, {clock(moment)}"


def last_day(closes_at: dt.datetime) -> dt.date:
    """The last day on which it is open: what closes at midnight closes the evening before."""
    return timezone.localdate(closes_at - A_SECOND)


def until(closes_at: dt.datetime) -> str:
    """How long something is open: a whole last day, or a day and a time."""
    last = last_day(closes_at)
    if (timezone.localtime(closes_at) + dt.timedelta(minutes=1)).date() > last:  # at midnight, or at 23:59
        return _("until the end of %(day)s") % {"day": day(last)}
    return _("until %(moment)s") % {"moment": day_and_time(closes_at)}


def span(opens_at: dt.datetime | None, closes_at: dt.datetime | None) -> str:
    """From a day to a day, in words; empty when both are open."""
    if opens_at and closes_at:
        first, last = short_day(opens_at), short_day(last_day(closes_at))
        return _("%(first)s to %(last)s") % {"first": first, "last": last}
    if opens_at:
        return _("from %(day)s") % {"day": short_day(opens_at)}
    return _("until the end of %(day)s") % {"day": short_day(last_day(closes_at))} if closes_at else ""


def _date(moment: dt.date | dt.datetime, form: str) -> str:
    local = timezone.localtime(moment) if isinstance(moment, dt.datetime) else moment
    this_year = local.year == timezone.localdate().year
    return date_format(local, form if this_year else f"{form} Y")
