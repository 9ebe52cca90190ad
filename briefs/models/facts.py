"""Rows that are facts: written once, then neither changed nor deleted. The database's triggers
(`triggers.py`) say the same to whoever goes around the ORM."""

from typing import Any, ClassVar, NoReturn, Self

from django.db import models


class FactError(TypeError):
    """A fact was to be changed or deleted."""


class FactQuerySet[M: models.Model](models.QuerySet[M]):
    def _refuse(self, act: str) -> NoReturn:
        raise FactError(f"{self.model._meta.verbose_name_plural} are facts: {act} is refused.")

    def update(self, **values: Any) -> int:
        self._refuse("update")

    def bulk_update(self, *args: Any, **options: Any) -> int:
        self._refuse("update")

    def update_or_create(self, *args: Any, **options: Any) -> NoReturn:
        self._refuse("update")

    def bulk_create(self, objs: Any, *args: Any, **options: Any) -> list[M]:
        if options.get("update_conflicts"):
            self._refuse("update")
        return super().bulk_create(objs, *args, **options)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse("deletion")


class Fact(models.Model):
    objects: ClassVar[Any] = models.Manager.from_queryset(FactQuerySet)()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise FactError(f"This {self._meta.verbose_name} is a fact: update is refused.")
        super().save(*args, **options | {"force_insert": True})

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        raise FactError(f"This {self._meta.verbose_name} is a fact: deletion is refused.")

    @classmethod
    def record(cls, **values: Any) -> Self:
        """Insert one row and return it."""
        row = cls(**values)
        row.save()
        return row
