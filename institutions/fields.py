"""Columns that are worked out from others at every write, one row or many."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models


class _Derived:
    """Asks the row's own `derive_<name>()`; a migration's rows have none and keep what is there."""

    attname: str

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        derive = getattr(model_instance, f"derive_{self.attname}", None)
        if derive is not None:
            setattr(model_instance, self.attname, derive())
        return getattr(model_instance, self.attname)


class DerivedText(_Derived, models.TextField):  # type: ignore[type-arg]
    pass


class DerivedTexts(_Derived, ArrayField):  # type: ignore[type-arg]
    pass


class DerivedNumber(_Derived, models.PositiveSmallIntegerField):  # type: ignore[type-arg]
    pass
