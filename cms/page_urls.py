"""Addresses that carry the language."""

from django.urls import path

from . import making, members, views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("staff/new/session/", making.session, name="make_session"),
    path("staff/new/<slug:what>/", making.new, name="make"),
    path("staff/session/<uuid:key>/duplicate/", making.duplicate, name="duplicate"),
    path("staff/members/", members.index, name="members"),
    path("staff/members/<int:membership_id>/remove/", members.remove, name="member_remove"),
]
