from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "participation.programmes"
    label = "programmes"
