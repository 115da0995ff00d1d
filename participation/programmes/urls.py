"""A programme's page is Wagtail's; its calendar is here."""

from django.urls import path

from . import views

app_name = "programmes"

urlpatterns = [path("programmes/<str:public_id>/calendar.ics", views.calendar_file, name="calendar")]
