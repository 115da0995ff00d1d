"""The report of a session, for staff: what came of it, and what they add to it. It can be printed as it is."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from participation.core.errors import ActionError, Forbidden
from participation.core.forms import PlainTextField
from participation.core.pages import link_to, said
from participation.live import actions, documents, exports, permissions, reports, written
from participation.live.models import Session
from participation.organisations import staff_menu
from participation.organisations.models import Role
from participation.organisations.staff import staff_required
from surveys import downloads
from surveys.exports import csv_pieces
from surveys.permissions import may_quote

from .doors import unknown


class WordsForm(forms.Form):
    """What staff add above the figures."""

    words = PlainTextField(
        label=gettext_lazy("What do you want to say about it?"),
        help_text=gettext_lazy(
            "A few sentences: what stood out, and thank you. Everybody who took part reads it."
        ),
        most=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    hear_before = forms.DateField(
        label=gettext_lazy("They hear from us before"),
        help_text=gettext_lazy("The day before which you tell what happens with it."),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_hear_before(self) -> Any:
        day = self.cleaned_data["hear_before"]
        if day and day != self.initial.get("hear_before") and day < timezone.localdate():
            raise forms.ValidationError(_("This day is over."))
        return day


def _session(request: HttpRequest, code: str) -> Session | None:
    """Ours, or of a project that admitted us; also after a private one has ended."""
    visible = Session.objects.visible_to(request.organisation)  # type: ignore[attr-defined]
    return visible.select_related("organisation", "project__area").filter(code=code).first()


@never_cache
@staff_required(*permissions.REPORTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, code: str) -> HttpResponse:
    session = _session(request, code)
    if session is None:
        return unknown(request, code)
    start = {"words": session.report_words, "hear_before": session.hear_before}
    form = WordsForm(request.POST if request.POST.get("what") == "words" else None, initial=start)
    if request.method == "POST":
        done = _choose(request, session) if "choose" in request.POST else _write(request, session, form)
        if done is not None:
            return done
    return render(request, "live/staff_report.html", _context(request, session, form), status=_status(form))


@never_cache
@staff_required(*permissions.REPORTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def texts(request: HttpRequest, code: str, key: uuid.UUID) -> HttpResponse:
    """All that was written at one step, to read and to choose from."""
    session = _session(request, code)
    if session is None:
        return unknown(request, code)
    if request.method == "POST":
        return _choose(request, session)
    number = request.GET.get("page", "")
    found = written.at(session, key, number, get_language() or "nl", public=False)
    if found is None:
        return unknown(request, code, guessed=False)
    return render(request, "live/staff_texts.html", _texts_context(request, session, found))


def _texts_context(request: HttpRequest, session: Session, found: written.Written) -> dict[str, Any]:
    return {
        "staff_nav": staff_menu.menu(request),
        "session": session,
        "title": session.title(get_language() or "nl"),
        "written": found,
        "page": found.page,
        "may_choose": permissions.may_write_report(request.user, session),
        "may_quote": may_quote(request.user, request.organisation),  # type: ignore[attr-defined]
    }


def _status(form: WordsForm) -> int:
    return 422 if form.is_bound else 200


def _write(request: HttpRequest, session: Session, form: WordsForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        actions.write_report(session, **form.cleaned_data, actor=request.user)
    except ActionError as error:
        messages.error(request, str(error.detail))
    else:
        messages.success(request, _("Saved. Everybody who took part can read it."))
    return redirect("live:report", session.code)


def _choose(request: HttpRequest, session: Session) -> HttpResponse:
    """A button says `kind:key:1`, or 0 to take it out again."""
    kind, _separator, rest = request.POST["choose"].partition(":")
    key, _separator, on = rest.partition(":")
    address = request.get_full_path()
    try:
        actions.choose_quote(session, kind=kind, key=key, on=on == "1", actor=request.user)
    except ActionError as error:
        messages.error(request, str(error.detail))
        return redirect(address)
    return redirect(f"{address}#{kind}-{key}")


def _context(request: HttpRequest, session: Session, form: WordsForm) -> dict[str, Any]:
    organisation = request.organisation  # type: ignore[attr-defined]
    language = get_language() or "nl"
    return {
        "staff_nav": staff_menu.menu(request),
        "session": session,
        "report": reports.report(session, language),
        "where": said(session.page_key, "place"),
        "place": link_to(request, session.page_key),
        "form": form,
        "may_write": permissions.may_write_report(request.user, session),
        "may_export": permissions.may_export(request.user, session),
        "may_quote": may_quote(request.user, organisation),
        "parts": exports.PARTS.items(),
        "join_address": request.build_absolute_uri(reverse("live:room", args=[session.code])),
    }


@never_cache
@staff_required(*permissions.REPORTERS)
@require_safe
def document(request: HttpRequest, code: str) -> HttpResponse:
    """The same as a Word document."""
    session = _session(request, code)
    if session is None:
        return unknown(request, code)
    found = reports.report(session, get_language() or "nl")
    address = request.build_absolute_uri(reverse("live:room", args=[session.code]))
    where = said(session.page_key, "place") or found.area
    response = HttpResponse(
        documents.word(found, get_language() or "nl", where=where, address=address),
        content_type=documents.CONTENT_TYPE,
    )
    response["Content-Disposition"] = f'attachment; filename="report-{session.code}.docx"'
    return response


@require_POST
@staff_required(Role.FACILITATOR, Role.RESEARCHER)  # type: ignore[arg-type]  # a stream is no HttpResponse
def export(request: HttpRequest, code: str) -> HttpResponseBase:
    """The answers one by one: `xlsx`, `json`, or `csv:` and a part. A POST, because it is noted who took it."""
    session = _session(request, code)
    if session is None:
        return unknown(request, code)
    form, _separator, part = request.POST.get("format", "").partition(":")
    if form not in ("csv", "xlsx", "json") or (form == "csv" and part not in exports.PARTS):
        return HttpResponseBadRequest()
    try:
        actions.note_export(session, what=request.POST["format"], actor=request.user)
    except Forbidden:
        return unknown(request, code)  # of a project that admitted us: its answers stay where they were asked
    found = exports.Export(session, get_language() or "nl")
    name = f"session-{session.code}"
    if form == "xlsx":
        return downloads.spreadsheet(name, found.tables())
    if form == "json":
        return downloads.text(f"{name}.json", "application/json", found.json())
    return downloads.text(f"{name}-{part}.csv", "text/csv", csv_pieces(found.table(part)))
