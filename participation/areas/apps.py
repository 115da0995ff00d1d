from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "participation.areas"
    label = "areas"
