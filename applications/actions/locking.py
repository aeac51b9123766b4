"""Holding an application while it is written."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from applications.models import Application
from applications.reading import changes_since_last_version
from lib.errors import Refused

_NAMED_CHANGES = 4


def lock(application: Application) -> Application:
    """Read the row anew and hold it, so that of two who write at once the second sees the first."""
    application.judge_found_free = None
    application.refresh_from_db(from_queryset=Application.objects.select_for_update(of=("self",)))
    return application


def check_version(application: Application, seen: int | None) -> None:
    """Nobody judges what they have not seen: `seen` is the version that their page showed.

    Without one the caller has read the newest itself.
    """
    if seen is None or seen == application.version_count:
        return
    changes = [change.label for change in changes_since_last_version(application)]
    words = {
        "seen": seen,
        "now": application.version_count,
        "when": date_format(application.latest_version.created_at, "j F Y, H:i"),
        "changes": "; ".join(changes[:_NAMED_CHANGES]) or _("nothing in the answers"),
    }
    raise Refused(
        _(
            "You looked at version %(seen)s. The applicant submitted version %(now)s on %(when)s "
            "UTC. Changed there: %(changes)s. Reload the page and read it first."
        )
        % words
    )
