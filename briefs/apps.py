"""Wiring of the app."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string


class BriefsConfig(AppConfig):
    name = "briefs"

    def ready(self) -> None:
        install = import_string("briefs.installation.install")
        post_migrate.connect(install, sender=self, dispatch_uid="briefs.install")


class DeskConfig(admin.AdminConfig):
    default_site = "briefs.admin.site.Desk"
    default = False

    def ready(self) -> None:
        super().ready()
        import_module("briefs.admin.screens")
