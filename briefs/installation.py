"""Groups, permissions and triggers, put in place after every migrate: a migration sees no
permissions on a fresh database, SQLite's table rebuilds drop triggers, a flush empties groups."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import connections

from briefs.models import triggers
from briefs.stages import GROUPS


def install(app_config: AppConfig, using: str, **_signal: Any) -> None:
    """Receiver of `post_migrate`; idempotent."""
    triggers.install(connections[using])
    create_permissions(app_config, verbosity=0, using=using)
    permissions = Permission.objects.using(using).filter(content_type__app_label="briefs")
    by_codename = {permission.codename: permission for permission in permissions}
    wanted = set().union(*GROUPS.values())
    if not wanted <= by_codename.keys():
        return  # migrated only in part
    for name, codenames in GROUPS.items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.set([by_codename[codename] for codename in sorted(codenames)])
