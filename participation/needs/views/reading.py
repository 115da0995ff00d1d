"""Reading: every text of the organisation, and one text in the middle with its quotes beside it."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from participation.needs import actions, fragments, permissions, sources
from participation.needs.forms import QuoteForm, SourceFilter
from participation.needs.models import Evidence
from participation.organisations.models import Role

from .doors import (
    attempt,
    chips,
    evidence_or_404,
    need_or_404,
    organisation_of,
    page_of,
    posted,
    staff_view,
    who,
)


@require_GET
@staff_view(Role.RESEARCHER)
def source_list(request: HttpRequest) -> HttpResponse:
    organisation = organisation_of(request)
    form = SourceFilter(request.GET, organisation=organisation)
    form.is_valid()  # what does not fit is left out of cleaned_data, and so of the filter
    wanted = sources.Wanted(**{name: value for name, value in form.cleaned_data.items() if value})
    page = sources.page(organisation, wanted, request.GET.get("page", 1), get_language() or "nl")
    context = {
        "page": page,
        "form": form,
        "wanted": wanted,
        "kind_chips": chips(request, "kind", wanted.kind, _kinds()),
        "state_chips": chips(request, "state", wanted.state, _states()),
        "waiting": sources.waiting(organisation),
        "has_captions": wanted.session is not None and wanted.session.captions.exists(),
    }
    return page_of(request, "needs/source_list.html", context)


def _kinds() -> list[tuple[str, str]]:
    return [
        ("", _("All texts")),
        (sources.ANSWER, _("Answers")),
        (sources.CONTRIBUTION, _("Ideas and comments")),
        (sources.NOTE, _("Field notes")),
    ]


def _states() -> list[tuple[str, str]]:
    return [("", _("All")), ("new", _("Not read yet")), ("quoted", _("Quoted")), ("read", _("Read"))]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_view(Role.RESEARCHER)
def quote(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    organisation = organisation_of(request)
    source = sources.find(organisation, kind, key, get_language() or "nl")
    start = {"need": request.GET.get("need", ""), "fragment": request.GET.get("fragment", "")}
    form = QuoteForm(posted(request), organisation=organisation, initial=start)
    if form.is_bound and form.is_valid():
        evidence = attempt(form, "fragment", lambda: _quote(request, source, form))
        if evidence is not None:
            messages.success(request, _("Quoted."))
            return redirect("needs:quote", kind, key)
    context = {
        "source": source,
        "form": form,
        "parts": fragments.parts(source.text, source.quotes),
        "may_quote": permissions.may_write_in(organisation, source.project),
        "asks_consent": kind == sources.NOTE and not source.row.consent,
    }
    return page_of(request, "needs/quote.html", context, status=422 if form.is_bound else 200)


@transaction.atomic
def _quote(request: HttpRequest, source: sources.Source, form: QuoteForm) -> Evidence:
    """Quote, for the chosen need or for one that is made in the same breath: both or neither."""
    data = form.cleaned_data
    need = need_or_404(request, data["need"]) if data["need"] else None
    if data["new_need"]:
        need = actions.make_need(
            **who(request),
            sentence=data["new_need"],
            kind=data["new_kind"] or "manifest",
            project=source.project,
        )
    return actions.quote(
        **who(request),
        source=source.row,
        fragment=data["fragment"],
        need=need,
        stance=data["stance"],
        why=data["why"],
        is_public=data["is_public"],
    )


@require_POST
@staff_view(Role.RESEARCHER)
def read(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Nothing (more) to quote here: on to the next text that nobody read."""
    organisation = organisation_of(request)
    source = sources.find(organisation, kind, key)
    on = request.POST.get("on") != "0"
    actions.mark_read(**who(request), source=source.row, on=on)
    if not on:
        return redirect("needs:quote", kind, key)
    following = sources.first_waiting(organisation)
    if following is None:
        messages.success(request, _("Everything has been read."))
        return redirect("needs:sources")
    return redirect("needs:quote", *following)


@require_POST
@staff_view(Role.RESEARCHER)
def drop(request: HttpRequest, public_id: str) -> HttpResponse:
    evidence = evidence_or_404(request, public_id)
    kind, key = evidence.source
    actions.drop_evidence(evidence, **who(request))
    messages.success(request, _("The quote is taken away."))
    return redirect("needs:quote", kind, key)
