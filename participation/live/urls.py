"""Addresses without a language in them: they are on posters, and read out loud."""

from django.urls import path

from .views import captions, console, hybrid, participant, report, screen, taking, written

app_name = "live"

urlpatterns = [
    path("join/", participant.join, name="join"),
    path("join/<str:code>/", participant.room, name="room"),
    path("join/<str:code>/recordings/<uuid:key>/", taking.record, name="record"),
    path("join/<str:code>/texts/<uuid:key>/", written.texts, name="texts"),
    path("live/<str:code>/screen/", screen.screen, name="screen"),
    path("live/<str:code>/qr.svg", screen.qr, name="qr"),
    path("live/<str:code>/console/", console.console, name="console"),
    path("live/<str:code>/console/people/", console.people, name="people"),
    path("live/<str:code>/console/seats/", console.seats, name="seats"),
    path("live/<str:code>/hands/", hybrid.count, name="hands"),
    path("live/<str:code>/cards/", hybrid.cards, name="cards"),
    path("live/<str:code>/captions/", captions.captions, name="captions"),
    path("live/<str:code>/captions/feed/", captions.feed, name="captions_feed"),
    path("live/<str:code>/captions/transcript/", captions.transcript, name="transcript"),
    path("live/<str:code>/report/", report.report, name="report"),
    path("live/<str:code>/report/<uuid:key>/", report.texts, name="report_texts"),
    path("live/<str:code>/report.docx", report.document, name="document"),
    path("live/<str:code>/export/", report.export, name="export"),
]
