"""What boards, idea pages and staff lists show; each in a number of queries that does not grow with the list."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from participation.organisations.models import Organisation
from participation.people.models import Participant

from .models import Contribution, ContributionQuerySet, OfficialReply, Thread

PER_PAGE = 20
COMMENTS_PER_PAGE = 50
ORDERS = ("new", "supported")
SIMILAR = 3


@dataclass(frozen=True)
class Board:
    """`ideas`: a page of contributions with `support_count`, `comment_count`, `mine`, `supported`.
    `counts`: how many of each status everybody may read, without the filters; `total` their sum."""

    ideas: Page
    counts: dict[str, int]
    total: int


def board(
    thread: Thread,
    *,
    order: str = "new",
    status: str = "",
    search: str = "",
    page: Any = 1,
    participant: Participant | None = None,
) -> Board:
    """A page of a thread's ideas: pinned first, then newest or most supported. Three queries."""
    ideas = thread.contributions.ideas().shown_to(participant).with_counts().with_mine(participant)
    if status:
        ideas = ideas.filter(status=status)
    ideas = _ordered(_matching(ideas, search), order)
    rows = thread.contributions.ideas().visible().order_by().values_list("status").annotate(Count("pk"))
    counts = dict(rows)
    return Board(ideas=Paginator(ideas, PER_PAGE).get_page(page), counts=counts, total=sum(counts.values()))


def _matching(ideas: ContributionQuerySet, search: str) -> ContributionQuerySet:
    """Every word has to be in the title or the text."""
    for word in search.split()[:10]:
        ideas = ideas.filter(Q(title__icontains=word) | Q(text__icontains=word))
    return ideas


def _ordered(ideas: ContributionQuerySet, order: str) -> ContributionQuerySet:
    by = ["-support_count"] if order == "supported" else []
    return ideas.order_by("-pinned", *by, "-created_at", "-id")


def similar(thread: Thread, title: str) -> list[Contribution]:
    """Up to three ideas of this thread that share the most words (of four letters and more) with `title`."""
    words = {word.casefold() for word in _words(title) if len(word) > 3}
    if not words:
        return []
    asked = Q()
    for word in sorted(words)[:8]:
        asked |= Q(title__icontains=word)
    found = thread.contributions.ideas().visible().with_counts().filter(asked).order_by("-created_at")[:100]
    return sorted(found, key=lambda idea: -_shared(words, idea.title))[:SIMILAR]


def _words(text: str) -> list[str]:
    return "".join(character if character.isalnum() else " " for character in text).split()


def _shared(words: set[str], title: str) -> int:
    return sum(word in title.casefold() for word in words)


def idea_for(
    organisation: Organisation | None, public_id: str, participant: Participant | None
) -> Contribution | None:
    """An idea on a board of this organisation with its counts, or None. What is not visible is the writer's alone,
    except the empty place of one that was taken back."""
    mine = Q(participant=participant) if participant else Q(pk=None)
    readable = Q(state__in=[Contribution.State.VISIBLE, Contribution.State.REMOVED]) | mine
    return (
        Contribution.objects.of(organisation)
        .ideas()
        .filter(readable, public_id=public_id, thread__kind=Thread.Kind.BOARD)
        .with_counts()
        .with_mine(participant)
        .select_related("thread__project", "organisation")
        .first()
    )


def comments(idea: Contribution, participant: Participant | None, page: Any = 1) -> Page:
    """The comments on an idea, oldest first. Two queries."""
    rows = idea.comments.shown_to(participant).with_mine(participant).order_by("created_at", "id")
    return Paginator(rows, COMMENTS_PER_PAGE).get_page(page)


def replies(idea: Contribution) -> QuerySet[OfficialReply]:
    """What the organisation answered, oldest first, with who wrote it."""
    return idea.replies.select_related("author")


def hidden_because(contribution: Contribution) -> Any:
    """The moderators' newest decision on it, with its reason: for the writer."""
    return contribution.decisions.first()


def threads(organisation: Organisation) -> QuerySet[Thread]:
    """An organisation's threads, newest first."""
    return Thread.objects.of(organisation).order_by("-created_at")


def staff_list(
    organisation: Organisation,
    *,
    thread: Thread | None = None,
    status: str = "",
    state: str = "",
    search: str = "",
    order: str = "new",
    page: Any = 1,
) -> Page:
    """Ideas, notes and questions of all threads for staff, in every state but taken back. Two queries."""
    ideas = Contribution.objects.of(organisation).ideas().filter(is_test=False)
    ideas = ideas.exclude(state=Contribution.State.REMOVED)
    filters = {"thread": thread, "status": status, "state": state}
    ideas = ideas.filter(**{field: value for field, value in filters.items() if value})
    ideas = _ordered(_matching(ideas.with_counts(), search), order)
    return Paginator(ideas.select_related("thread"), PER_PAGE).get_page(page)


def staff_idea(organisation: Organisation, public_id: str) -> Contribution | None:
    """An idea, note or question of this organisation in any state, with its counts."""
    real = Contribution.objects.of(organisation).ideas().filter(is_test=False)
    found = real.filter(public_id=public_id).with_counts()
    return found.select_related("thread__project", "thread__organisation", "organisation").first()


def staff_comments(idea: Contribution, page: Any = 1) -> Page:
    """All comments but those taken back, oldest first. Two queries."""
    rows = idea.comments.exclude(state=Contribution.State.REMOVED).order_by("created_at", "id")
    return Paginator(rows, COMMENTS_PER_PAGE).get_page(page)
