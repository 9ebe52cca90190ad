"""One revision restored by several at once, on real parallel connections: PostgreSQL only."""

import pytest
from django.db import connection
from django.urls import reverse

from briefs import revisions
from briefs.models import Brief
from tests.admin.desk import client_of
from tests.factories import make_brief, make_user
from tests.test_parallel import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TIMES = 4


def test_of_several_who_restore_at_once_one_does() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: SQLite has one writer at a time")
    brief = make_brief(body="<p>As it was.</p>")
    revisions.keep(brief=brief)
    kept = brief.revisions.get()
    brief.body = "<p>As it is.</p>"
    brief.save()
    url = reverse("admin:briefs_brief_restore_revision", args=[brief.pk, kept.pk])
    clients = iter([client_of(make_user(group="Editors")) for _ in range(TIMES)])
    results = at_once(
        lambda: next(clients).post(url, {"seen": brief.token}, follow=True).content.decode(), TIMES
    )
    assert sum("The text is again as in the revision of" in page for page in results) == 1
    assert sum("changed after this page was shown" in page for page in results) == TIMES - 1
    assert Brief.objects.get().body == "<p>As it was.</p>"
    assert brief.revisions.count() == 3
