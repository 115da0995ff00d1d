"""How answers came in, in words: by show of hands, with cards, at one's own pace, by a table together."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .kinds.base import Chart, number_text
from .models import Collector

Channels = Mapping[str, int]  # people by channel
Tables = dict[str, int]  # {"n": tables that answered together, "people": at those tables}


def votes(channel: str, n: int) -> str:
    """What was counted in this channel of a kind with `hands_repeat`; empty where people are counted."""
    if channel == Collector.Channel.HANDS:
        return ngettext("{n} hand", "{n} hands", n).format(n=number_text(n, 0))
    if channel == Collector.Channel.CARDS:
        return ngettext("{n} card", "{n} cards", n).format(n=number_text(n, 0))
    return ""


def lines(channels: Channels, tables: Tables | None, *, hands_repeat: bool = False) -> list[str]:
    """What a reader of a result should know; nothing when everybody answered in the same ordinary way."""
    repeated = _("Of these, {votes}: one person may have voted more than once.")
    told = {
        Collector.Channel.HANDS: repeated if hands_repeat else _("Of these, {n} by show of hands."),
        Collector.Channel.CARDS: repeated if hands_repeat else _("Of these, {n} with voting cards."),
        Collector.Channel.OWN: _("Of these, {n} at their own pace.") if len(channels) > 1 else "",
    }
    found = [
        text.format(n=channels[channel], votes=votes(channel, channels[channel]))
        for channel, text in told.items()
        if text and channel in channels
    ]
    if tables:
        text = ngettext(
            "{n} table answered together: {people} people.",
            "{n} tables answered together: {people} people.",
            tables["n"],
        )
        found.append(text.format(**tables))
    return found


def with_lines(
    charts: list[Chart], channels: Channels, tables: Tables | None, *, hands_repeat: bool = False
) -> list[Chart]:
    """The charts of a result, the first with these lines below it."""
    added = lines(channels, tables, hands_repeat=hands_repeat)
    if not charts or not added:
        return charts
    return [replace(charts[0], facts=[*charts[0].facts, *added]), *charts[1:]]
