"""ASCII slugs from names in any script."""

from anyascii import anyascii
from django.db import models
from django.utils.text import slugify

MAX_LENGTH = 100


def slug_from(text: str, *, fallback: str) -> str:
    """`text` transliterated, at whole words, at most 100 characters; `fallback` if none is left."""
    slug = slugify(anyascii(text))
    if len(slug) > MAX_LENGTH:
        slug = slug[: MAX_LENGTH + 1].rpartition("-")[0] or slug[:MAX_LENGTH]
    return slug or fallback


def free_slug(model: type[models.Model], text: str, *, fallback: str) -> str:
    """A slug that no row of `model` has yet. Two at once may get the same: the unique constraint
    then refuses one of them, so make the row in a savepoint and ask again."""
    base = slug_from(text, fallback=fallback)
    taken = set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (base, *numbered) if slug not in taken)
