"""Wiring of the app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string


class BriefsConfig(AppConfig):
    name = "briefs"

    def ready(self) -> None:
        install = import_string("briefs.installation.install")
        post_migrate.connect(install, sender=self, dispatch_uid="briefs.install")
