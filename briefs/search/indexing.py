"""Writing the index: one edition by the verb that makes it, or all of them anew."""

import logging
from itertools import batched

from django.db import DatabaseError, connection, transaction

from briefs.models import Edition, SearchDocument
from briefs.models.schema import UNMIGRATED, is_migrated
from briefs.search.documents import document
from briefs.search.finding import BACKENDS, SearchUnavailable

BATCH = 100
logger = logging.getLogger(__name__)


def index(edition: Edition) -> None:
    """Make `edition` findable once it is current. Part of the caller's transaction, but a broken
    index never stops a publication: it is logged, and `rebuild` catches up."""
    written = document(edition)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            BACKENDS[connection.vendor].write(cursor, [written])
    except DatabaseError:
        logger.exception("Edition %s is not in the search index: run rebuild_search.", edition.pk)


def rebuild() -> int:
    """Remake the index from edition rows, repairing it first if it is broken; returns how many
    editions it holds. In batches, so that neither readers nor publishers wait for all of it.

    Raises SearchUnavailable where the migrations are not applied: to make a table before them
    would make them fail for ever."""
    backend = BACKENDS[connection.vendor]
    _repair()
    total = 0
    keys = list(Edition.objects.order_by("pk").values_list("pk", flat=True))
    for batch in batched(keys, BATCH, strict=False):
        with transaction.atomic(), connection.cursor() as cursor:
            # Locked, so that none is cancelled meanwhile (SQLite: the transaction is enough).
            locked = Edition.objects.filter(pk__in=batch).select_for_update(of=("self",))
            editions = locked.prefetch_related("bylines", "topics", "sources")
            documents = [document(edition) for edition in editions]
            backend.write(cursor, documents)
            total += len(documents)
    with connection.cursor() as cursor:
        backend.settle(cursor)
    return total


def _repair() -> None:
    backend = BACKENDS[connection.vendor]
    if SearchDocument._meta.db_table not in connection.introspection.table_names():
        if not is_migrated():
            raise SearchUnavailable(UNMIGRATED)
        with connection.schema_editor() as editor:
            editor.create_model(SearchDocument)
    with connection.cursor() as cursor:
        if not backend.is_sound(cursor):
            with transaction.atomic():
                backend.repair(cursor)
