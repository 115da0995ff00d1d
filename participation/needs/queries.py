"""What the needs board and a need's pages show. The number of queries does not grow with the lists."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.core.models import AuditEntry
from participation.organisations.models import Organisation
from participation.projects.models import Project

from . import quotes
from .models import Backing, Evidence, LiesBehind, Need, Theme
from .standing import Standing, is_supported, standings, what_is_missing
from .wording import solution_in

FRESH = dt.timedelta(days=90)


@dataclass(frozen=True)
class Card:
    """A need on the board. `answer` says where it stands: programme, why_not or open."""

    need: Need
    standing: Standing
    behind: list[Need]
    in_front: list[Need]
    programmes: list[Any]
    is_ours: bool

    @property
    def answer(self) -> str:
        if self.programmes:
            return "programme"
        return "why_not" if self.need.why_not else "open"

    @property
    def is_supported(self) -> bool:
        return is_supported(self.need, self.standing)

    @property
    def missing(self) -> list[str]:
        return what_is_missing(self.need, self.standing)

    @property
    def is_fresh(self) -> bool:
        heard = self.standing.last_heard
        return heard is not None and timezone.localdate() - heard <= FRESH

    @property
    def solution(self) -> str:
        return solution_in(self.need.sentence)


@dataclass(frozen=True)
class Column:
    """Cards under one theme; the last column has no theme."""

    theme: Theme | None
    cards: list[Card] = field(default_factory=list)


@dataclass(frozen=True)
class Filter:
    """`kind`: manifest or latent. `answer`: open, programme or why_not. Empty is everything."""

    kind: str = ""
    answer: str = ""
    project: Project | None = None


def cards(organisation: Organisation, needs: QuerySet[Need]) -> list[Card]:
    """Seven queries, whatever their number."""
    visible = Need.objects.visible_to(organisation)
    seen = LiesBehind.objects.filter(latent__in=visible.values("pk"), manifest__in=visible.values("pk"))
    rows = list(
        needs.select_related(
            "theme", "organisation", "project", "second_reader", "created_by"
        ).prefetch_related(
            Prefetch("front_links", seen.select_related("latent"), to_attr="seen_behind"),
            Prefetch("behind_links", seen.select_related("manifest"), to_attr="seen_in_front"),
            "programmes",
        )
    )
    figures = standings(rows, organisation)
    return [
        Card(
            need,
            figures[need.pk],
            [link.latent for link in need.seen_behind],  # type: ignore[attr-defined]
            [link.manifest for link in need.seen_in_front],  # type: ignore[attr-defined]
            [each for each in need.programmes.all() if _may_see(each, organisation)],  # type: ignore[attr-defined]
            need.organisation_id == organisation.pk,
        )
        for need in rows
    ]


def _may_see(programme: Any, organisation: Organisation) -> bool:
    """Published ones everybody may see; of drafts only our own."""
    return programme.is_published or programme.organisation_id == organisation.pk


def board(organisation: Organisation, wanted: Filter | None = None) -> list[Column]:
    """Columns by theme in the themes' order, in each the best supported first, those without a theme last."""
    wanted = wanted or Filter()
    needs = Need.objects.visible_to(organisation)
    if wanted.kind:
        needs = needs.filter(kind=wanted.kind)
    if wanted.project is not None:
        needs = needs.filter(project=wanted.project)
    columns: dict[int | None, Column] = {}
    for card in sorted(cards(organisation, needs), key=_by_theme_and_weight):
        if wanted.answer in ("", card.answer):
            theme = card.need.theme
            columns.setdefault(theme.pk if theme else None, Column(theme)).cards.append(card)
    return list(columns.values())


def _by_theme_and_weight(card: Card) -> tuple[Any, ...]:
    theme = card.need.theme
    place = (0, theme.position, theme.name) if theme else (1, 0, "")
    return (*place, -len(card.standing.sources), card.need.sentence)


def waiting(organisation: Organisation) -> int:
    """Our needs that have neither a programme nor a "why not"."""
    return Need.objects.of(organisation).filter(programmes=None, why_not="").count()


@dataclass(frozen=True)
class Detail:
    """One need with all that stands around it, as this organisation may see it."""

    card: Card
    for_it: list[Backing]
    against_it: list[Backing]
    behind: list[LiesBehind]
    in_front: list[LiesBehind]
    # Quotes of the needs in front that don't speak for this latent need yet.
    could_speak: list[Backing]
    history: list["Happened"]


@dataclass(frozen=True)
class Happened:
    """A line of a need's history."""

    at: dt.datetime
    who: str
    words: Any


WORDS = {
    "need.made": _("Written down"),
    "need.changed": _("Put in other words"),
    "need.backed": _("A quote was linked"),
    "need.unbacked": _("A quote was taken away"),
    "need.quote_lost": _("A quote is gone: its source was erased"),
    "need.put_behind": _("Put behind what people ask for"),
    "need.taken_from_behind": _("No longer behind what people ask for"),
    "need.agreed": _("A second reader agreed"),
    "need.shown": _("Shown to residents"),
    "need.hidden": _("No longer shown to residents"),
    "need.why_not": _("Reason for not taking it up"),
}


def _history(public_id: str) -> list[Happened]:
    entries = AuditEntry.objects.filter(target_type="needs.need", target_id=public_id)
    return [
        Happened(entry.at, str(entry.actor or ""), WORDS.get(entry.verb, entry.verb))
        for entry in entries.select_related("actor")[:20]
    ]


def detail(organisation: Organisation, public_id: str) -> Detail | None:
    """None when the need is unknown to this organisation."""
    found = cards(organisation, Need.objects.visible_to(organisation).filter(public_id=public_id))
    if not found:
        return None
    card = found[0]
    fronts = list(_links(organisation).filter(latent=card.need))
    around = _backings(organisation, [card.need, *(link.manifest for link in fronts)])
    own = [backing for backing in around if backing.need_id == card.need.pk]
    quoted = {backing.evidence_id for backing in own}
    return Detail(
        card,
        [backing for backing in own if backing.stance == Backing.Stance.FOR],
        [backing for backing in own if backing.stance == Backing.Stance.AGAINST],
        list(_links(organisation).filter(manifest=card.need)),
        fronts,
        [each for each in around if each.need_id != card.need.pk and each.evidence_id not in quoted],
        _history(public_id),
    )


def _links(organisation: Organisation) -> QuerySet[LiesBehind]:
    visible = Need.objects.visible_to(organisation).values("pk")
    return LiesBehind.objects.filter(latent__in=visible, manifest__in=visible).select_related(
        "latent", "manifest", "created_by"
    )


def _backings(organisation: Organisation, needs: Iterable[Need]) -> list[Backing]:
    seen = Evidence.objects.visible_to(organisation).values("pk")
    rows = quotes.backings().filter(need__in=[need.pk for need in needs], evidence__in=seen)
    return list(rows.select_related("need", "created_by", *_SOURCES))


_SOURCES = ("evidence__answer", "evidence__contribution__thread", "evidence__field_note")


def choices(organisation: Organisation) -> list[tuple[str, str]]:
    """Public id and sentence of every need this organisation may answer, for a select or chooser."""
    rows = Need.objects.visible_to(organisation).order_by("sentence").values_list("public_id", "sentence")
    return [(public_id, sentence) for public_id, sentence in rows]


def by_public_id(organisation: Organisation, public_ids: Iterable[str]) -> list[Need]:
    """The needs this organisation may see, in the order asked; unknown ones are left out."""
    rows = Need.objects.visible_to(organisation).filter(public_id__in=list(public_ids))
    known = {need.public_id: need for need in rows}
    return [known[each] for each in public_ids if each in known]


@dataclass(frozen=True)
class PublicNeed:
    """A need as residents read it."""

    need: Need
    heard: list[quotes.Heard]
    behind: list[Need]
    in_front: list[Need]
    programmes: list[Any]
    page_keys: list[uuid.UUID]


def public_need(organisation: Organisation, public_id: str) -> PublicNeed | None:
    """None unless residents may read it and it is ours or of a project we share. Four queries."""
    need = (
        Need.objects.visible_to(organisation)
        .filter(public_id=public_id, is_public=True)
        .select_related("theme")
        .prefetch_related("programmes")
        .first()
    )
    if need is None:
        return None
    near = list(
        LiesBehind.objects.filter(Q(latent=need) | Q(manifest=need)).select_related("latent", "manifest")
    )
    programmes = [each for each in need.programmes.all() if each.is_published]  # type: ignore[attr-defined]
    return PublicNeed(
        need,
        quotes.public_quotes([need])[need.pk],
        [link.latent for link in near if link.manifest_id == need.pk and link.latent.is_public],
        [link.manifest for link in near if link.latent_id == need.pk and link.manifest.is_public],
        programmes,
        [each.page_key for each in programmes],
    )
