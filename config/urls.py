"""All addresses. Residents' and staff pages carry the language; `/join/`, `/live/` and `/admin/` don't."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.views import document
from participation.core.views import health
from participation.people.doors import page_doors

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    path("", include("participation.people.doors")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/<int:document_id>/<str:document_filename>", document),
    path("documents/", include(wagtaildocs_urls)),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("cms.urls")),
    path("", include("participation.live.urls")),
]

urlpatterns += i18n_patterns(
    path("account/", include("participation.people.urls")),
    *page_doors,
    path("areas/", include("participation.areas.urls")),
    path("", include("surveys.urls")),
    path("", include("participation.contributions.urls")),
    path("", include("participation.moderation.urls")),
    path("", include("participation.needs.urls")),
    path("", include("participation.programmes.urls")),
    path("", include("participation.notifications.urls")),
    path("", include("cms.page_urls")),
    path("", include(wagtail_urls)),
)

if settings.DEBUG:
    from participation.core.styleguide import styleguide

    urlpatterns[:0] = [path("styleguide/", styleguide), path("styleguide/<slug:part>/", styleguide)]
    urlpatterns[:0] = static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)
