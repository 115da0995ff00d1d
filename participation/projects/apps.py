from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "participation.projects"
    label = "projects"

    def ready(self) -> None:
        from participation.core import erasure

        from .holder import HOLDER

        erasure.register(HOLDER)
