"""Receipts, subscriptions and the staff's start page."""

from django.urls import path

from . import views

app_name = "notifications"

urlpatterns = [
    path("receipt/", views.receipt_enter, name="receipt_enter"),
    path("receipt/<str:code>/", views.receipt, name="receipt"),
    path("subscribe/confirm/<str:token>/", views.confirm, name="confirm"),
    path("subscribe/stop/<str:token>/", views.stop, name="stop"),
    path("subscribe/<str:project_id>/", views.subscribe, name="subscribe"),
    path("staff/", views.start, name="start"),
]
