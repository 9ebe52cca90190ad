"""Wiring of the app."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.module_loading import import_string


class BriefsConfig(AppConfig):
    name = "briefs"

    def ready(self) -> None:
        lift, install = map(
            import_string, ("briefs.installation.lift", "briefs.installation.install")
        )
        pre_migrate.connect(lift, sender=self, dispatch_uid="briefs.lift")
        post_migrate.connect(install, sender=self, dispatch_uid="briefs.install")
        import_module("briefs.checks")


class DeskConfig(admin.AdminConfig):
    default_site = "briefs.admin.site.Desk"
    default = False

    def ready(self) -> None:
        super().ready()
        import_module("briefs.admin.screens")
