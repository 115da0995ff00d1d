"""What a site has beside its pages: search, its own style sheet, what search engines read, the reader's language."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents.views.serve import serve

from participation.core import ranges

from . import queries
from .forms import SearchForm
from .frame import Frame
from .models import File, OrganisationTheme

PER_PAGE = 20


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Live pages of this site in the reader's language."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    home = Frame(request).homes.get(get_language() or "")
    found = queries.search(home, words) if home and words else []
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    results = [{"page": each, "url": each.get_url(request)} for each in page.object_list]
    return render(
        request, "search/search.html", {"words": words, "page_obj": page, "results": results, "form": form}
    )


@require_safe
@cache_control(max_age=31536000, immutable=True, public=True)
def theme(request: HttpRequest, public_id: str) -> HttpResponse:
    """The organisation's own style sheet. Its address has the fingerprint, so it may be kept for a year."""
    theme = get_object_or_404(
        OrganisationTheme.objects.exclude(properties=""), site__organisation__public_id=public_id
    )
    return HttpResponse(theme.css, content_type="text/css; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page of this site, with its translations."""
    frame = Frame(request)
    if not frame.homes:
        raise Http404
    entries = queries.sitemap(list(frame.homes.values()), request)
    return render(request, "cms/sitemap.xml", {"entries": entries}, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    address = request.build_absolute_uri("/sitemap.xml")
    closed = [
        f"/{code}/{place}/" for code, _name in settings.LANGUAGES for place in ("staff", "account", "receipt")
    ]
    lines = ["User-agent: *", *(f"Disallow: {each}" for each in ("/admin/", "/live/", *closed))]
    return HttpResponse("\n".join([*lines, f"Sitemap: {address}", ""]), content_type="text/plain")


@require_safe
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the reader's language and go back: for addresses that don't carry one, such as `/join/`."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = "/"
    response: HttpResponseRedirect = redirect(target)
    remember(response, code)
    return response


def remember(response: HttpResponse, code: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=365 * 24 * 3600,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """What Wagtail sends; but sound and film, when nobody objects, from where the player asks."""
    kind = ranges.type_of(document_filename)
    if kind is None:
        return serve(request, document_id, document_filename)
    found = get_object_or_404(File, pk=document_id)
    if found.filename != document_filename:
        raise Http404
    for may in hooks.get_hooks("before_serve_document"):
        answer = may(found, request)
        if isinstance(answer, HttpResponseBase):
            return answer
    return ranges.play(request, found.file, kind)
