"""Days and times as people say them, here."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def day(moment: dt.date | dt.datetime) -> str:
    """Thursday 3 December; with the year when it is not this one."""
    local = timezone.localtime(moment) if isinstance(moment, dt.datetime) else moment
    this_year = local.year == timezone.localdate().year
    return date_format(local, "l j F" if this_year else "l j F Y")


def day_and_time(moment: dt.datetime) -> str:
    """Thursday 3 December, 19:30."""
    # Translators: the time of day as a Django date format; Dutch: "H.i"
    time = date_format(timezone.localtime(moment), pgettext("time format", "H:i"))
    # Translators: a moment, for example "Thursday 3 December, 19:30"; Dutch: "%(day)s, %(time)s uur"
    return _("%(day)s, %(time)s") % {"day": day(moment), "time": time}


def last_day(closes_at: dt.datetime) -> str:
    """The last day on which it is open: what closes at midnight closes the evening before."""
    return day(closes_at - dt.timedelta(seconds=1))


def span(opens_at: dt.datetime | None, closes_at: dt.datetime | None) -> str:
    """From a day to a day, in words; empty when both are open."""
    if opens_at and closes_at:
        return _("%(first)s to %(last)s") % {"first": day(opens_at), "last": last_day(closes_at)}
    if opens_at:
        return _("from %(day)s") % {"day": day(opens_at)}
    return _("until %(day)s") % {"day": last_day(closes_at)} if closes_at else ""
