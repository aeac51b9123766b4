"""Holding an application while it is written."""

from applications.models import Application


def lock(application: Application) -> Application:
    """Read the row anew and hold it, so that of two who write at once the second sees the first."""
    application.refresh_from_db(from_queryset=Application.objects.select_for_update(of=("self",)))
    return application
