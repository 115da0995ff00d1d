"""A programme's activities as iCalendar (RFC 5545), with the time zone they are announced in."""

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.utils import timezone

from .models import Activity, Programme

ZONE = ZoneInfo("Europe/Amsterdam")
# The rule since 1996: daylight saving from the last Sunday of March to the last Sunday of October.
_ZONE_LINES = """BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE""".splitlines()


def calendar(programme: Programme, activities: Iterable[Activity], host: str, url: str = "") -> str:
    """The whole file, lines folded and ended as the standard wants. `url` is the programme's page."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Oogst//Programme//NL",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escape(programme.name)}",
        *_ZONE_LINES,
    ]
    for activity in activities:
        lines += _event(programme, activity, host, url)
    lines.append("END:VCALENDAR")
    return "".join(f"{fold(line)}\r\n" for line in lines)


def _event(programme: Programme, activity: Activity, host: str, url: str) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{activity.key}@{escape(host)}",
        f"DTSTAMP:{programme.updated_at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;TZID=Europe/Amsterdam:{_local(activity.starts_at)}",
        f"SUMMARY:{escape(activity.name)}",
    ]
    if activity.ends_at:
        lines.append(f"DTEND;TZID=Europe/Amsterdam:{_local(activity.ends_at)}")
    if activity.place:
        lines.append(f"LOCATION:{escape(activity.place)}")
    if url:
        lines.append(f"URL:{url}")
    return [*lines, f"DESCRIPTION:{escape(programme.name)}", "END:VEVENT"]


def _local(moment: dt.datetime) -> str:
    return timezone.localtime(moment, ZONE).strftime("%Y%m%dT%H%M%S")


def escape(text: str) -> str:
    """TEXT of RFC 5545, 3.3.11: backslash, semicolon, comma and line ends."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def fold(line: str) -> str:
    """At most 75 octets a line (3.1), never cutting a character in two."""
    pieces, piece, length = [], "", 0
    for character in line:
        octets = len(character.encode())
        if length + octets > 75:
            pieces.append(piece)
            piece, length = "", 1  # the blank that begins a continuation
        piece += character
        length += octets
    return "\r\n ".join([*pieces, piece])
