"""Groups, permissions and triggers, put in place after every migrate: a migration sees no
permissions on a fresh database, SQLite's table rebuilds drop triggers, a flush empties groups."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import connections

from briefs.models import triggers
from briefs.stages import GROUPS

NEEDED = {"django_content_type", "auth_permission", "auth_group", "briefs_brief"}


def install(app_config: AppConfig, using: str, **_signal: Any) -> None:
    """Receiver of `post_migrate`; idempotent. Permissions are added to groups, never taken away:
    what an administrator granted beside them stays."""
    connection = connections[using]
    triggers.install(connection)
    if not set(connection.introspection.table_names()) >= NEEDED:
        return  # migrated only in part
    create_permissions(app_config, verbosity=0, using=using)
    permissions = Permission.objects.using(using).filter(content_type__app_label="briefs")
    by_codename = {permission.codename: permission for permission in permissions}
    if not set().union(*GROUPS.values()) <= by_codename.keys():
        return
    for name, codenames in GROUPS.items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*(by_codename[codename] for codename in sorted(codenames)))


def lift(app_config: AppConfig, using: str, plan: list[Any], **_signal: Any) -> None:
    """Receiver of `pre_migrate`: makes way for a migration that has work to do."""
    if plan:
        triggers.lift(connections[using])
