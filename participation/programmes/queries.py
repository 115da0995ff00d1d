"""The chain: what we heard, what is needed, what we do. From a programme back to the quotes."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from participation.core.moments import day_and_time
from participation.needs.models import LiesBehind, Need
from participation.needs.quotes import Heard, public_quotes
from participation.organisations.models import Organisation
from participation.projects.models import Project

from .models import Activity, AnswersNeed, Programme


@dataclass(frozen=True)
class Link:
    """One need that the programme answers. `heard`: the checked quotes of it and of what stands in front of it."""

    need: Need
    why: str
    heard: list[Heard]
    behind: list[LiesBehind]
    in_front: list[LiesBehind]


@dataclass
class Group:
    """What people ask for, and what lies behind it; `latent` is None where nothing deeper was named. `whys`: why the
    programme answers them."""

    latent: Need | None
    manifests: list[Need] = field(default_factory=list)
    whys: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Step:
    """An activity with where it stands: done, now or coming."""

    activity: Activity
    state: str

    @property
    def when(self) -> str:
        return day_and_time(self.activity.starts_at)


@dataclass(frozen=True)
class Chain:
    """`unchecked`: how many more needs it answers that residents may not read yet."""

    programme: Programme
    links: list[Link]
    steps: list[Step]
    unchecked: int

    @property
    def groups(self) -> list[Group]:
        """Every need once beside what it belongs to: those with something behind them first."""
        found: dict[int, Group] = {}
        for link in self.links:
            latents: list[Need | None] = (
                [link.need] if link.need.kind == Need.Kind.LATENT else [each.latent for each in link.behind]
            )
            # A manifest need with nothing behind it stands alone, under its own number.
            for latent in latents or [None]:
                group = found.setdefault(latent.pk if latent else -link.need.pk, Group(latent))
                asked = [each.manifest for each in link.in_front] if latent == link.need else [link.need]
                group.manifests += [need for need in asked if need not in group.manifests]
                group.whys += [link.why] if link.why else []
        return sorted(found.values(), key=lambda group: group.latent is None)

    @property
    def heard(self) -> list[Heard]:
        """Every quote once, newest first."""
        found = {(each.text, each.heard_on): each for link in self.links for each in link.heard}
        return sorted(found.values(), key=lambda each: each.heard_on, reverse=True)

    @property
    def some(self) -> list[Heard]:
        """The newest quote of each need, three at most: what a short page shows of `heard`."""
        found: list[Heard] = []
        for link in self.links:
            found += [each for each in link.heard if each not in found][:1]
        return found[:3]


def chain(programme: Programme, language: str) -> Chain:
    """Only public needs with their checked quotes, and never who said them. Four queries.

    `language` is the reader's: what staff wrote is shown as they wrote it, channels' names are translated."""
    answers = list(programme.answers.select_related("need__theme").order_by("created_at", "pk"))
    public = [answer for answer in answers if answer.need.is_public]
    links = _near([answer.need for answer in public])
    around = {need for link in links for need in (link.latent, link.manifest)}
    heard = public_quotes({answer.need for answer in public} | around)
    return Chain(
        programme,
        [_link(answer, links, heard) for answer in public],
        [Step(activity, state_of(activity)) for activity in programme.activities.all()],
        len(answers) - len(public),
    )


def _near(needs: Iterable[Need]) -> list[LiesBehind]:
    pks = [need.pk for need in needs]
    return list(
        LiesBehind.objects.filter(
            Q(latent__in=pks) | Q(manifest__in=pks), latent__is_public=True, manifest__is_public=True
        ).select_related("latent", "manifest")
    )


def _link(answer: AnswersNeed, links: list[LiesBehind], heard: dict[int, list[Heard]]) -> Link:
    need = answer.need
    in_front = [link for link in links if link.latent_id == need.pk]
    quotes = [*heard[need.pk], *(quote for link in in_front for quote in heard[link.manifest_id])]
    behind = [link for link in links if link.manifest_id == need.pk]
    return Link(need, answer.why, list(dict.fromkeys(quotes)), behind, in_front)


def state_of(activity: Activity, moment: dt.datetime | None = None) -> str:
    """done, now or coming. Without an end an activity lasts until midnight."""
    moment = moment or timezone.now()
    if activity.starts_at > moment:
        return "coming"
    if activity.ends_at is not None:
        return "now" if activity.ends_at > moment else "done"
    return "now" if timezone.localdate(activity.starts_at) == timezone.localdate(moment) else "done"


def programmes_of(project: Project) -> QuerySet[Programme]:
    """Published programmes of a project, with their activities and public needs."""
    return project_programmes().filter(project=project, is_published=True)


def project_programmes() -> QuerySet[Programme]:
    public = Need.objects.filter(is_public=True)
    return Programme.objects.prefetch_related("activities", Prefetch("needs", public, to_attr="public_needs"))


def for_page(organisation: Organisation, page_key: uuid.UUID) -> Programme | None:
    """The programme behind a page, published or not."""
    return Programme.objects.of(organisation).filter(page_key=page_key).first()


def published(organisation: Organisation, public_id: str) -> Programme | None:
    rows = Programme.objects.of(organisation).filter(public_id=public_id, is_published=True)
    return rows.prefetch_related("activities").first()
