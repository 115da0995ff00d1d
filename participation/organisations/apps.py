from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "participation.organisations"
    label = "organisations"
