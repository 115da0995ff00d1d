"""Addresses of notes, texts and needs."""

from django.urls import path

from .views import needs, notes, reading

app_name = "needs"

urlpatterns = [
    path("staff/notes/", notes.note_list, name="notes"),
    path("staff/notes/new/", notes.note_new, name="note_new"),
    path("staff/notes/<str:public_id>/", notes.note, name="note"),
    path("staff/notes/<str:public_id>/erase/", notes.note_erase, name="note_erase"),
    path("staff/evidence/", reading.source_list, name="sources"),
    path("staff/evidence/quote/<str:kind>/<str:key>/", reading.quote, name="quote"),
    path("staff/evidence/read/<str:kind>/<str:key>/", reading.read, name="read"),
    path("staff/evidence/<str:public_id>/drop/", reading.drop, name="drop"),
    path("staff/needs/", needs.board, name="board"),
    path("staff/needs/new/", needs.need_new, name="need_new"),
    path("staff/needs/<str:public_id>/", needs.need, name="need"),
    path("staff/needs/<str:public_id>/edit/", needs.need_edit, name="need_edit"),
    path("staff/needs/<str:public_id>/behind/", needs.behind, name="behind"),
    path("staff/needs/<str:public_id>/apart/", needs.apart, name="apart"),
    path("staff/needs/<str:public_id>/back/", needs.back, name="back"),
    path("staff/needs/<str:public_id>/agree/", needs.agree, name="agree"),
    path("staff/needs/<str:public_id>/show/", needs.show, name="show"),
    path("staff/needs/<str:public_id>/hide/", needs.hide, name="hide"),
    path("staff/needs/<str:public_id>/why-not/", needs.why_not, name="why_not"),
    path("needs/<str:public_id>/", needs.public, name="public"),
]
