"""The needs board, one need, and what staff decide about it."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from participation.core.pages import addresses
from participation.needs import actions, permissions, queries
from participation.needs.forms import BehindForm, NeedForm, ShowForm, WhyNotForm
from participation.needs.models import Backing, Need
from participation.needs.wording import solution_in
from participation.organisations.models import Role
from participation.projects.models import Project

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

FORM = ["GET", "HEAD", "POST"]


@require_GET
@staff_view()
def board(request: HttpRequest) -> HttpResponse:
    organisation = organisation_of(request)
    projects = list(Project.objects.visible_to(organisation).order_by("name"))
    chosen = next((each for each in projects if each.public_id == request.GET.get("project")), None)
    wanted = queries.Filter(
        _one_of(request.GET.get("kind"), Need.Kind.values),
        _one_of(request.GET.get("answer"), ["open", "programme", "why_not"]),
        chosen,
    )
    columns = queries.board(organisation, wanted)
    cards = [card for column in columns for card in column.cards]
    context = {
        "columns": columns,
        "total": len(cards),
        "most": max((max(card.standing.channels.values(), default=0) for card in cards), default=0),
        "projects": projects,
        "wanted": wanted,
        "is_filtered": wanted != queries.Filter(),
        "kind_chips": chips(request, "kind", wanted.kind, _kinds()),
        "answer_chips": chips(request, "answer", wanted.answer, _answers()),
        "may_research": permissions.may_research(request.user, organisation),
    }
    return page_of(request, "needs/board.html", context)


def _one_of(value: str | None, allowed: Any) -> str:
    return value if value in allowed else ""  # type: ignore[return-value]


def _kinds() -> list[tuple[str, str]]:
    return [("", _("Both")), ("manifest", _("What people ask for")), ("latent", _("What lies behind it"))]


def _answers() -> list[tuple[str, str]]:
    return [
        ("", _("All")),
        ("open", _("No answer yet")),
        ("programme", _("With a programme")),
        ("why_not", _("Not taken up")),
    ]


@require_GET
@staff_view()
def need(request: HttpRequest, public_id: str) -> HttpResponse:
    organisation = organisation_of(request)
    detail = queries.detail(organisation, public_id)
    if detail is None:
        raise Http404
    found = detail.card.need
    may_write = permissions.may_write_in(organisation, found.project)
    may_research = permissions.may_research(request.user, organisation)
    pages = addresses(
        [each.page_key for each in detail.card.programmes], get_language() or "nl", organisation.site
    )
    context = {
        "detail": detail,
        "card": detail.card,
        "need": found,
        "most": max(detail.card.standing.channels.values(), default=0),
        "programmes": [(each, pages.get(each.page_key, "")) for each in detail.card.programmes],
        "may_research": may_research,
        "may_write": may_research and may_write,
        "may_make_programme": permissions.may_make_programme(request.user, organisation)
        and not detail.card.programmes,
        "may_change": may_research and may_write and detail.card.is_ours,
        "may_decide": permissions.may_decide(request.user, organisation) and detail.card.is_ours,
        "may_agree": may_research and may_write and found.created_by_id != request.user.pk,
        "why_not_form": WhyNotForm(initial={"why_not": found.why_not}),
    }
    return page_of(request, "needs/need.html", context)


@require_http_methods(FORM)
@staff_view(Role.RESEARCHER)
def need_new(request: HttpRequest) -> HttpResponse:
    form = NeedForm(posted(request), organisation=organisation_of(request))
    if form.is_bound and form.is_valid():
        made = attempt(form, None, lambda: actions.make_need(**who(request), **_need_values(request, form)))
        if made is not None:
            return _saved(request, made, _("The need is on the board. Now quote what people said."))
    return page_of(request, "needs/need_form.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(FORM)
@staff_view(Role.RESEARCHER)
def need_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    organisation = organisation_of(request)
    found = get_object_or_404(Need.objects.of(organisation), public_id=public_id)
    start = {
        name: getattr(found, name)
        for name in ("kind", "sentence", "because", "theme", "fundamental", "project")
    }
    form = NeedForm(posted(request), organisation=organisation, initial=start)
    if form.is_bound and form.is_valid():
        changed = attempt(
            form, None, lambda: actions.change_need(found, **who(request), **_need_values(request, form))
        )
        if changed is not None:
            return _saved(request, changed, _("Changed."))
    context = {"form": form, "need": found}
    return page_of(request, "needs/need_form.html", context, status=422 if form.is_bound else 200)


def _need_values(request: HttpRequest, form: NeedForm) -> dict[str, Any]:
    values = dict(form.cleaned_data)
    name = values.pop("new_theme")
    if name:
        values["theme"] = actions.make_theme(**who(request), name=name)
    return values


def _saved(request: HttpRequest, found: Need, text: str) -> HttpResponse:
    messages.success(request, text)
    solution = solution_in(found.sentence)
    if solution:
        messages.warning(
            request,
            _("“%(word)s” is a solution. What do people want to reach with it? That is the need.")
            % {"word": solution},
        )
    return redirect("needs:need", found.public_id)


@require_http_methods(FORM)
@staff_view(Role.RESEARCHER)
def behind(request: HttpRequest, public_id: str) -> HttpResponse:
    found = need_or_404(request, public_id)
    form = BehindForm(posted(request), organisation=organisation_of(request), need=found)
    if form.is_bound and form.is_valid() and attempt(form, None, lambda: _put_behind(request, found, form)):
        messages.success(request, _("Linked."))
        return redirect("needs:need", public_id)
    return page_of(
        request, "needs/behind.html", {"form": form, "need": found}, status=422 if form.is_bound else 200
    )


@transaction.atomic
def _put_behind(request: HttpRequest, found: Need, form: BehindForm) -> Any:
    data = form.cleaned_data
    if data["other"]:
        other = need_or_404(request, data["other"])
    else:
        other = actions.make_need(
            **who(request),
            sentence=data["new_need"],
            kind=form.other_kind,
            theme=found.theme if found.organisation_id == organisation_of(request).pk else None,
            project=found.project,
        )
    latent, manifest = (other, found) if other.kind == Need.Kind.LATENT else (found, other)
    return actions.put_behind(
        **who(request), latent=latent, manifest=manifest, why=data["why"], ladder=form.ladder
    )


@require_POST
@staff_view(Role.RESEARCHER)
def apart(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a link away again. `other` names the need at its other end."""
    found, other = need_or_404(request, public_id), need_or_404(request, request.POST.get("other", ""))
    latent, manifest = (other, found) if other.kind == Need.Kind.LATENT else (found, other)
    actions.take_from_behind(**who(request), latent=latent, manifest=manifest)
    return redirect("needs:need", public_id)


@require_POST
@staff_view(Role.RESEARCHER)
def back(request: HttpRequest, public_id: str) -> HttpResponse:
    """An existing quote speaks for or against this need too, or (`stance=none`) no longer."""
    found = need_or_404(request, public_id)
    evidence = evidence_or_404(request, request.POST.get("evidence", ""))
    stance = request.POST.get("stance", "")
    if stance == "none":
        actions.unback_need(**who(request), evidence=evidence, need=found)
    elif stance in Backing.Stance.values:
        actions.back_need(**who(request), evidence=evidence, need=found, stance=stance)
    return redirect("needs:need", public_id)


@require_POST
@staff_view(Role.RESEARCHER)
def agree(request: HttpRequest, public_id: str) -> HttpResponse:
    form = WhyNotForm(request.POST)
    if attempt(form, None, lambda: actions.agree(need_or_404(request, public_id), **who(request))):
        messages.success(request, _("You are the second reader of this need."))
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return redirect("needs:need", public_id)


@require_http_methods(FORM)
@staff_view(Role.RESEARCHER, Role.EDITOR)
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Choose what residents may read, and say that you looked."""
    organisation = organisation_of(request)
    found = get_object_or_404(Need.objects.of(organisation), public_id=public_id)
    rows = found.backings.select_related("evidence__field_note")
    backings = [backing for backing in rows if actions.may_show(backing.evidence)]
    chosen = [each.evidence.public_id for each in backings if each.is_public or not found.is_public]
    form = ShowForm(posted(request), backings=backings, initial={"quotes": chosen})
    if form.is_bound and form.is_valid():
        quotes = [
            each.evidence for each in backings if each.evidence.public_id in form.cleaned_data["quotes"]
        ]
        actions.show_need(found, **who(request), quotes=quotes)
        messages.success(request, _("Residents can read this need now."))
        return redirect("needs:need", public_id)
    context = {"form": form, "need": found, "kept_back": len(rows) - len(backings)}
    return page_of(request, "needs/show.html", context, status=422 if form.is_bound else 200)


@require_POST
@staff_view(Role.RESEARCHER, Role.EDITOR)
def hide(request: HttpRequest, public_id: str) -> HttpResponse:
    actions.hide_need(need_or_404(request, public_id), **who(request))
    messages.success(request, _("Residents can no longer read this need."))
    return redirect("needs:need", public_id)


@require_POST
@staff_view(Role.RESEARCHER, Role.EDITOR)
def why_not(request: HttpRequest, public_id: str) -> HttpResponse:
    form = WhyNotForm(request.POST)
    if form.is_valid():
        found = need_or_404(request, public_id)
        actions.decide_why_not(found, **who(request), why_not=form.cleaned_data["why_not"])
        messages.success(request, _("Saved."))
    else:
        messages.error(request, " ".join(str(error) for error in form.errors["why_not"]))
    return redirect("needs:need", public_id)


@require_GET
def public(request: HttpRequest, public_id: str) -> HttpResponse:
    """A need as residents read it: who said it, and what is done."""
    organisation = organisation_of(request)
    found = queries.public_need(organisation, public_id) if organisation else None
    if found is None:
        raise Http404
    pages = addresses(found.page_keys, get_language() or "nl", organisation.site)
    programmes = [(each, pages.get(each.page_key, "")) for each in found.programmes]
    return render(
        request, "needs/public.html", {"found": found, "need": found.need, "programmes": programmes}
    )
