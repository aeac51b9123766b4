from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProgrammesConfig(AppConfig):
    name = "programmes"

    def ready(self) -> None:
        post_migrate.connect(_ensure_default_programme, sender=self)


def _ensure_default_programme(**ignored: Any) -> None:
    """An installation without a programme would have nothing to show."""
    from programmes.actions import ensure_default_programme

    ensure_default_programme()
