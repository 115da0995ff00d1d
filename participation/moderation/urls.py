from django.urls import path

from . import views

app_name = "moderation"
urlpatterns = [
    path("ideas/<str:contribution_id>/report/", views.report, name="report"),
    path("staff/moderation/", views.queue, name="queue"),
    path("staff/moderation/decided/", views.decided, name="decided"),
    path("staff/moderation/undo/<str:decision_id>/", views.undo, name="undo"),
    path("staff/moderation/<str:contribution_id>/approve/", views.approve, name="approve"),
    path("staff/moderation/<str:contribution_id>/hide/", views.hide, name="hide"),
]
