"""The way of one input, from "you said" to what was done, as steps with dates. Computed from the tables, each time."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.contributions.models import Contribution, OfficialReply
from participation.core.moments import day_and_time, short_day
from participation.needs.models import Backing, Evidence, Need
from participation.needs.quotes import may_be_read
from participation.programmes.models import Activity, AnswersNeed
from participation.programmes.queries import state_of

DONE, CURRENT, FUTURE = "done", "current", "future"
# How far a road has come, for what may be said about the next step.
SAID, HEARD, NEEDED, ANSWERED, DOING, FINISHED = range(6)


HERE = (
    gettext_lazy("We have it"),
    gettext_lazy("Your words were heard"),
    gettext_lazy("It shows a need"),
    gettext_lazy("Something was decided"),
    gettext_lazy("We are doing it"),
    gettext_lazy("There is an answer"),
)
ICONS = {
    "answer": "message",
    "choices": "list",
    "board": "idea",
    "comment": "messages",
    "wall": "note",
    "stage": "question",
    "talk": "note",
    "statements": "messages",
    "support": "thumbs-up",
}


@dataclass
class Step:
    """`at` is when it happened or will; None for what has no date yet."""

    title: str
    at: dt.datetime | None = None
    text: str = ""
    quote: str = ""
    url: str = ""
    link: str = ""
    state: str = DONE
    stage: int = SAID
    has_time: bool = False

    @property
    def date(self) -> str:
        """In words; with the time of day where that matters."""
        if self.at is None:
            return ""
        return day_and_time(self.at) if self.has_time else short_day(self.at)


@dataclass
class Road:
    """What one person gave, and everything that came of it. `given`: question and the answer's lines."""

    kind: str
    title: str
    origin: str
    at: dt.datetime
    given: list[tuple[str, list[str]]] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    @property
    def icon(self) -> str:
        return ICONS.get(self.kind, "message")

    @property
    def stage(self) -> int:
        return max((step.stage for step in self.steps if step.state != FUTURE), default=SAID)

    @property
    def here(self) -> Any:
        """Where it stands, in two or three words."""
        return HERE[self.stage]

    @property
    def words(self) -> str:
        """The first words of what was given, to tell one road from another."""
        first = next((step.quote for step in self.steps if step.quote), "")
        return first.split("\n")[0] or next((line for _question, lines in self.given for line in lines), "")


@dataclass(frozen=True)
class Around:
    """What roads need to know besides their own rows. `pages`: page key -> address."""

    next_reading: dt.datetime | None
    is_closed: bool
    pages: Mapping[Any, str]


def lay(road: Road, quotes: Iterable[Evidence], around: Around, more: Iterable[Step] = ()) -> Road:
    """Put the steps in order of time, mark where we are, and say what comes next."""
    steps = [*road.steps, *more]
    needs: dict[int, Backing] = {}
    for evidence in quotes:
        if may_be_read(evidence):
            steps.append(_heard(evidence, road))
            for backing in evidence.backings.all():
                needs.setdefault(backing.need_id, backing)
    for backing in needs.values():
        steps += [_need(backing), *_answers(backing.need, around)]
    # An activity before somebody spoke is no answer to them.
    steps = [step for step in steps if not (step.has_time and step.at and step.at < road.at)]
    now = timezone.now()
    for step in steps:
        step.state = FUTURE if step.at is None or step.at > now else DONE
    road.steps = sorted(
        _once(steps), key=lambda step: (step.state == FUTURE, max(step.at or now, road.at), step.stage)
    )
    _mark(road, around)
    return road


def _once(steps: Iterable[Step]) -> list[Step]:
    """Two quotes or needs may lead to the same programme: said once."""
    return list({(step.stage, step.title, step.text, step.quote): step for step in steps}.values())


def _heard(evidence: Evidence, road: Road) -> Step:
    title = _("The idea was heard") if road.kind == "support" else _("Your words were heard")
    text = _("We keep this quote as a reason for what we do.")
    return Step(title, evidence.created_at, text, evidence.quote, stage=HEARD)


def _need(backing: Backing) -> Step:
    need = backing.need
    title = _("It shows what people need")
    if backing.stance == Backing.Stance.AGAINST:
        title = _("It makes us think again about what people need")
    if not need.is_public:
        return Step(
            title, backing.created_at, _("We are still looking for the right words for it."), stage=NEEDED
        )
    url = reverse("needs:public", args=[need.public_id])
    return Step(
        title, backing.created_at, need.sentence, url=url, link=_("See who else said this"), stage=NEEDED
    )


def _answers(need: Need, around: Around) -> list[Step]:
    """Programmes for this need and for what lies behind it, or why there is none."""
    answers = _published(need)
    for link in need.front_links.all():
        answers += _published(link.latent)
    steps = [step for answer in answers for step in _programme(answer, around)]
    if not answers and need.why_not and need.is_public:
        steps.append(Step(_("We don't take this up"), need.why_not_at, need.why_not, stage=FINISHED))
    return steps


def _published(need: Need) -> list[AnswersNeed]:
    return [answer for answer in need.answers.all() if answer.programme.is_published]  # type: ignore[attr-defined]


def _programme(answer: AnswersNeed, around: Around) -> list[Step]:
    programme = answer.programme
    url = around.pages.get(programme.page_key, "")
    decided = Step(
        _("We decided to do something"),
        answer.created_at,
        programme.name,
        url=url,
        link=_("Read what we do") if url else "",
        stage=ANSWERED,
    )
    return [decided, *(_activity(each) for each in programme.activities.all())]


def _activity(activity: Activity) -> Step:
    stage = FINISHED if state_of(activity) == "done" else DOING
    return Step(activity.name, activity.starts_at, activity.place, stage=stage, has_time=True)


def replies(contribution: Contribution) -> list[Step]:
    """What the organisation answered, with the status it gave."""
    return [_reply(each) for each in contribution.replies.all()]


def _reply(reply: OfficialReply) -> Step:
    finished = reply.status in (Contribution.Status.DONE, Contribution.Status.DECLINED)
    label = Contribution.Status(reply.status).label
    title = _("We answered: %(status)s") % {"status": label}
    return Step(title, reply.created_at, reply.text, stage=FINISHED if finished else ANSWERED)


def _mark(road: Road, around: Around) -> None:
    """The last step that was reached is where we are, unless the road is at its end."""
    reached = [step for step in road.steps if step.state == DONE]
    ahead = [step for step in road.steps if step.state == FUTURE]
    if not ahead and road.stage < FINISHED:
        road.steps.append(_next(road, around))
    if reached and (ahead or road.stage < FINISHED):
        reached[-1].state = CURRENT


def _next(road: Road, around: Around) -> Step:
    """Honest about what has not happened yet."""
    if road.stage == SAID:
        if around.is_closed:
            text = _("The project is closed. We did not quote these words, but we did read them.")
            return Step(_("Nothing more is planned"), None, text, state=FUTURE)
        text = _("Staff read everything that people write. What they use gets a place on this line.")
        if road.kind == "choices":
            text = _("Your answers are in the totals. Staff use those when they decide what to do.")
        return Step(_("Next: we read and count"), around.next_reading, text, state=FUTURE)
    if road.stage == HEARD:
        text = _("We put it beside what others said and ask what lies behind it.")
        return Step(_("Next: what do people need?"), None, text, state=FUTURE)
    if road.stage == NEEDED:
        text = _("We look for something to do about it, with partners. If we don't, you read here why.")
        return Step(_("Next: what will we do?"), None, text, state=FUTURE)
    return Step(_("Next: we keep you informed"), None, _("What happens with it is shown here."), state=FUTURE)
