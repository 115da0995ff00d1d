"""Field notes: the phone form, the list, and taking one away."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from participation.needs import actions, permissions, sources
from participation.needs.forms import NoteForm, projects_to_write_in
from participation.needs.models import FieldNote
from participation.organisations.models import Organisation

from .doors import attempt, organisation_of, page_of, posted, staff_view, who


@require_GET
@staff_view()
def note_list(request: HttpRequest) -> HttpResponse:
    organisation = organisation_of(request)
    notes = FieldNote.objects.visible_to(organisation).select_related("project", "created_by", "organisation")
    sees_all = permissions.may_read_notes(request.user, organisation)
    if not sees_all:
        notes = notes.filter(created_by_id=request.user.pk)
    page = Paginator(notes, 20).get_page(request.GET.get("page"))
    return page_of(request, "needs/note_list.html", {"page": page, "sees_all": sees_all})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_view()
def note_new(request: HttpRequest) -> HttpResponse:
    """The form; its script sends the same POST with `Accept: application/json` and keeps it until we say "stored"."""
    organisation = organisation_of(request)
    form = NoteForm(posted(request), organisation=organisation, initial=_begun(request, organisation))
    note = None
    if form.is_bound and form.is_valid():
        note = attempt(form, None, lambda: actions.add_note(**who(request), **form.save_arguments()))
    if request.headers.get("Accept") == "application/json":
        return _as_json(form, note)
    if note is not None:
        messages.success(request, _("Kept. Thank you for listening."))
        return redirect("needs:notes")
    return page_of(request, "needs/note_form.html", {"form": form}, status=422 if form.is_bound else 200)


def _begun(request: HttpRequest, organisation: Organisation) -> dict[str, Any]:
    """What the page that led here filled in: words that were said, when, and for which project."""
    asked = request.GET
    found: dict[str, Any] = {"verbatim": asked["verbatim"]} if "verbatim" in asked else {}
    if day := _day(asked.get("heard_on", "")):
        found["heard_on"] = day
    projects = projects_to_write_in(organisation)
    project = projects.filter(public_id=asked.get("project", "")).first()
    return {**found, "project": project} if project else found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _as_json(form: NoteForm, note: FieldNote | None) -> JsonResponse:
    if note is None:
        errors = {name: [str(error) for error in several] for name, several in form.errors.items()}
        return JsonResponse({"errors": errors, "looks_personal": form.looks_personal}, status=422)
    return JsonResponse({"stored": str(note.client_id), "url": reverse("needs:note", args=[note.public_id])})


@require_GET
@staff_view()
def note(request: HttpRequest, public_id: str) -> HttpResponse:
    """One's own note, and for research every note: with the way to quote it."""
    organisation = organisation_of(request)
    notes = FieldNote.objects.visible_to(organisation).select_related("project", "created_by", "organisation")
    found = get_object_or_404(notes, public_id=public_id)
    if found.created_by != request.user and not permissions.may_read_notes(request.user, organisation):
        return redirect("needs:notes")
    may_research = permissions.may_research(request.user, organisation)
    context = {
        "note": found,
        "source": sources.find(organisation, sources.NOTE, public_id),
        "may_quote": may_research and permissions.may_write_in(organisation, found.project),
        "may_erase": found.organisation_id == organisation.pk
        and (found.created_by == request.user or may_research),
    }
    return page_of(request, "needs/note.html", context)


@require_POST
@staff_view()
def note_erase(request: HttpRequest, public_id: str) -> HttpResponse:
    organisation = organisation_of(request)
    found = get_object_or_404(FieldNote.objects.of(organisation), public_id=public_id)
    actions.erase_note(found, **who(request))
    messages.success(request, _("The note and its quotes are removed."))
    return redirect("needs:notes")
