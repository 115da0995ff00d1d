"""The calendar of a programme."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from participation.core.pages import addresses

from . import queries
from .calendar import calendar


@require_GET
def calendar_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """All activities of a published programme, for somebody's own calendar."""
    organisation = request.organisation  # type: ignore[attr-defined]
    programme = queries.published(organisation, public_id) if organisation else None
    if programme is None:
        raise Http404
    page = addresses([programme.page_key], get_language() or "nl").get(programme.page_key, "")
    text = calendar(programme, programme.activities.all(), request.get_host(), page)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="oogst-{programme.public_id}.ics"'
    return response
