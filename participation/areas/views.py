"""An area's page, and its borders for the interactive map."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from . import maps, pictures, queries
from .forms import MapForm
from .models import Area, Indicator


@require_safe
def area(request: HttpRequest, code: str) -> HttpResponse:
    """Figures beside those of the country, a map in colours, and the projects here."""
    place = get_object_or_404(Area.objects.select_related("parent__parent"), code=code)
    form = MapForm(request.GET)
    views = maps.views_of(place)
    view = form.chosen("view", views)
    measures = maps.measures(place, view)
    indicator = form.chosen("indicator", [measure.name for measure in measures])
    organisation = getattr(request, "organisation", None)
    context = {
        "area": place,
        "profile": queries.profile(place),
        "map": maps.map_view(place, view=view, indicator=indicator, links=view != "country"),
        "projects": queries.projects_here(place, organisation) if organisation else [],
        "crumbs": _crumbs(place),
        "tile_url": settings.TILE_URL,
        **_choices(views, view, measures, indicator),
    }
    return render(request, "areas/area.html", context)


def _choices(views: list[str], view: str, measures: list[Indicator], indicator: str) -> dict[str, Any]:
    """The links with which a reader changes the map: the main figures, the others behind a click, and the views."""
    offered = [
        (measure, _choice(measure.label, view, measure.name, measure.name == indicator))
        for measure in measures
    ]
    more = [choice for measure, choice in offered if not measure.is_main]
    return {
        "measures": [choice for measure, choice in offered if measure.is_main],
        "more_measures": more,
        "more_is_open": any(choice["current"] for choice in more),
        "views": [
            _choice(label, name, indicator, name == view) for name, label in MapForm.VIEWS if name in views
        ],
    }


def _choice(label: Any, view: str, indicator: str, current: bool) -> dict[str, Any]:
    query = QueryDict(mutable=True)
    query["view"] = view
    if indicator:
        query["indicator"] = indicator
    return {"label": label, "url": f"?{query.urlencode()}#map", "current": current}


def _crumbs(place: Area) -> list[dict[str, str]]:
    above: list[Area] = []
    parent = place.parent
    while parent and len(above) < 3:
        above.insert(0, parent)
        parent = parent.parent
    home = {"title": _("Home"), "url": reverse("wagtail_serve", args=[""])}
    return [home, *({"title": step.name, "url": step.get_absolute_url()} for step in (*above, place))]


@require_safe
@cache_control(public=True, max_age=3600)
def geometry(request: HttpRequest, code: str) -> HttpResponse:
    """The borders of the area and its neighbours as GeoJSON, for the interactive map."""
    place = get_object_or_404(Area.objects.exclude(geometry=None), code=code)
    return JsonResponse(maps.as_geojson(place), content_type="application/geo+json")


@cache_control(max_age=3600, public=True)
@require_safe
def picture(request: HttpRequest, code: str) -> HttpResponse:
    """The area's map as a picture by itself."""
    found = pictures.pictures([code]).get(code)
    if found is None:
        raise Http404
    return HttpResponse(found.svg, content_type="image/svg+xml")
