"""Addresses without a language."""

from django.urls import path

from . import views

urlpatterns = [
    path("theme/<slug:public_id>.css", views.theme, name="theme"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("language/<slug:code>/", views.language, name="language"),
]
