from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        """Make the Celery app the default before any task is sent."""
        from portal import celery  # noqa: F401
