from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class InstitutionsConfig(AppConfig):
    name = "institutions"

    def ready(self) -> None:
        post_migrate.connect(_ensure_known_institutions, sender=self)


def _ensure_known_institutions(**ignored: Any) -> None:
    from institutions.actions import ensure_known_institutions

    ensure_known_institutions()
