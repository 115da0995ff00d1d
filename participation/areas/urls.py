from django.urls import path

from . import views

app_name = "areas"
urlpatterns = [
    path("<slug:code>/", views.area, name="area"),
    path("<slug:code>/geometry.json", views.geometry, name="geometry"),
    path("<slug:code>/map.svg", views.picture, name="picture"),
]
