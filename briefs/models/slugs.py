"""ASCII slugs from names in any script."""

from typing import Any

from anyascii import anyascii
from django.db import IntegrityError, models, transaction
from django.utils.text import slugify

MAX_LENGTH = 100
ATTEMPTS = 10


def slug_from(text: str, *, fallback: str) -> str:
    """`text` transliterated, at whole words, at most 100 characters; `fallback` if none is left."""
    slug = slugify(anyascii(text))
    if len(slug) > MAX_LENGTH:
        slug = slug[: MAX_LENGTH + 1].rpartition("-")[0] or slug[:MAX_LENGTH]
    return slug or fallback


def free_slug(model: type[models.Model], text: str, *, fallback: str) -> str:
    """A slug that no row of `model` has yet. Two at once may get the same, of whom one is refused:
    make the row with `create_with_slug`."""
    base = slug_from(text, fallback=fallback)
    taken = set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (base, *numbered) if slug not in taken)


def create_with_slug[M: models.Model](
    model: type[M], text: str, *, fallback: str, **fields: Any
) -> M:
    """A row with a free slug from `text`, and with the next one if another was faster.

    Raises IntegrityError where it is not the slug that is refused."""
    for attempt in range(1, ATTEMPTS + 1):
        slug = free_slug(model, text, fallback=fallback)
        try:
            with transaction.atomic():
                return model._default_manager.create(slug=slug, **fields)
        except IntegrityError:
            taken = model._default_manager.filter(slug=slug).exists()
            if not taken or attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable")
