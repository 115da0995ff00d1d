"""What a report of a session is made of (see `live.reports`)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from surveys.kinds.base import Bar, Chart
from surveys.queries import ChannelResult, QuestionResult

from .models import Session, Step
from .turnout import People

MOST_IN_ADDRESS = 600
MOST_MINUTES = 60  # of what was said; an own page has it all


@dataclass(frozen=True)
class Text:
    """What somebody wrote. `kind` and `key` find it again, as `needs.sources` does."""

    kind: str
    key: str
    text: str
    name: str = ""
    supports: int | None = None  # None: nobody could support it
    is_answered: bool = False
    is_chosen: bool = False
    lang: str = ""  # of the words, where it is known
    translated: str = ""  # by staff, into the reader's language
    is_later: bool = False  # written at somebody's own pace, when the session itself was over

    @property
    def place(self) -> str:
        return f"{self.kind}-{self.key}"

    @property
    def fragment(self) -> str:
        """What is filled in where it is quoted: all of it, when that fits in an address."""
        return self.text if len(self.text) <= MOST_IN_ADDRESS else ""


@dataclass(frozen=True)
class Group:
    """Notes that belong together: a cluster, a table. The notes that are nowhere have no name above them."""

    name: str
    texts: Sequence[Text]


@dataclass(frozen=True)
class ByChannel:
    """One figure again, with a column for each channel: how many people, and which share of that channel."""

    title: str
    channels: Sequence[ChannelResult]
    rows: Sequence[tuple[str, Sequence[Bar | None]]]


@dataclass(frozen=True)
class Round:
    """A question each time it was asked. `name` is empty when it was asked once."""

    name: str
    result: QuestionResult
    texts: Sequence[Text] = ()

    @property
    def by_channel(self) -> list[ByChannel]:
        return _by_channel(self.result)


@dataclass(frozen=True)
class ReportStep:
    """One step with all that came in."""

    number: int
    step: Step
    label: str
    text: str = ""
    rounds: Sequence[Round] = ()
    groups: Sequence[Group] = ()  # notes of a wall, questions to the stage, notes of tables, added statements
    n_texts: int = 0  # of all groups, those that are not shown included
    chart: Chart | None = None  # of a scoreboard

    @property
    def result(self) -> QuestionResult | None:
        """Of the last time it was asked."""
        return self.rounds[-1].result if self.rounds else None

    @property
    def texts(self) -> list[Text]:
        return [text for group in self.groups for text in group.texts]

    @property
    def is_written(self) -> bool:
        return is_written(self.step)


@dataclass(frozen=True)
class Minute:
    """What was written along within one minute."""

    at: dt.datetime
    lines: Sequence[str]

    @property
    def text(self) -> str:
        return " ".join(self.lines)

    @property
    def fragment(self) -> str:
        """As much of it as fits in an address, in whole lines."""
        kept: list[str] = []
        for line in self.lines:
            if len(" ".join([*kept, line])) > MOST_IN_ADDRESS:
                break
            kept.append(line)
        return " ".join(kept)


@dataclass(frozen=True)
class Report:
    session: Session
    title: str
    people: People
    steps: Sequence[ReportStep]
    quotes: Sequence[Text] = field(default_factory=list)  # chosen by staff, in the order of choosing
    spoken: Sequence[Minute] = field(default_factory=list)  # the captions, oldest first; for staff

    @property
    def first_spoken(self) -> Sequence[Minute]:
        """What a page shows of it."""
        return self.spoken[:MOST_MINUTES]

    @property
    def day(self) -> dt.datetime | None:
        return self.session.started_at or self.session.starts_at

    @property
    def area(self) -> str:
        project = self.session.project
        return project.area.name if project and project.area else ""


def is_written(step: Step) -> bool:
    """People write there: on a wall, to the stage, at tables, or statements of their own."""
    return step.thread_id is not None or step.type == Step.Type.TALK


def _by_channel(result: QuestionResult) -> list[ByChannel]:
    """Empty when there was one channel, and for kinds without figures."""
    if len(result.channels) < 2:
        return []
    each = [
        {chart.title: chart for chart in result.kind.charts(result.frozen, channel.tally, channel.n)}
        for channel in result.channels
    ]
    return [
        ByChannel(
            chart.title,
            result.channels,
            [
                (bar.label, [_bar_of(charts.get(chart.title), bar.key) for charts in each])
                for bar in chart.bars
            ],
        )
        for chart in result.charts
        if chart.bars
    ]


def _bar_of(chart: Chart | None, key: str) -> Bar | None:
    return next((bar for bar in chart.bars if bar.key == key), None) if chart else None
