"""Addresses without a language in them: they are on posters, and read out loud."""

from django.urls import path

from .views import console, participant, screen

app_name = "live"

urlpatterns = [
    path("join/", participant.join, name="join"),
    path("join/<str:code>/", participant.room, name="room"),
    path("live/<str:code>/screen/", screen.screen, name="screen"),
    path("live/<str:code>/qr.svg", screen.qr, name="qr"),
    path("live/<str:code>/console/", console.console, name="console"),
]
