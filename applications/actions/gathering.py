"""Evidence that comes later than the submission, and gathering it again when staff ask for it."""

import datetime as dt

from django.db import transaction
from django.db.models import F, Q

from accounts.actions import is_orcid_fresh, look_up_orcid
from accounts.models import OrcidRecord, User
from applications.actions.checking import record_checks
from applications.actions.locking import lock
from applications.desk import note_for_desk
from applications.evidence import gather_evidence
from applications.evidence.orcid import ORCID_KINDS
from applications.models import Application
from applications.permissions import check_choose_institution
from audit.log import record
from lib.nudge import nudge
from lib.time import now
from reviews.actions import record_evidence

# How long a message may take, how long ORCID is left alone after it did not answer, and how many
# files one sweep asks about, because each may take ORCID's whole time.
_FIRST_WAIT, _NEXT_WAIT = dt.timedelta(minutes=5), dt.timedelta(hours=6)
_AT_ONCE = 10


def ask_orcid_about(application: Application) -> None:
    """Have a worker ask ORCID after the commit, where the applicant linked it and it is not fresh.

    Nobody waits for it: the rows say that the answer is still to come.
    """
    from applications.tasks import gather_orcid  # the tasks read the actions

    linked = OrcidRecord.objects.filter(user=application.applicant_id).first()
    if linked is not None and not is_orcid_fresh(linked):
        nudge(gather_orcid, application_id=str(application.pk))


def take_orcid(application_id: str) -> None:
    """Ask ORCID and replace the rows that speak of it in the latest version; the rest stands.

    ORCID is asked before any lock is taken, so that a slow answer holds up nobody.
    """
    application = Application.objects.select_related("applicant").get(pk=application_id)
    look_up_orcid(str(application.applicant_id))
    with transaction.atomic():
        lock(application)
        if application.is_with_staff:
            _replace(application)


def take_waiting_orcid() -> int:
    """Ask again about files with staff whose record ORCID has not told; answers how many.

    It finds what a lost message or an ORCID that was down has left behind.
    """
    moment = now()
    behind = Q(applicant__orcid__told_at=None) | Q(
        applicant__orcid__told_at__lt=F("applicant__orcid__asked_at")
    )
    due = Q(applicant__orcid__asked_at=None, applicant__orcid__linked_at__lt=moment - _FIRST_WAIT)
    due |= Q(applicant__orcid__asked_at__lt=moment - _NEXT_WAIT)
    waiting = Application.objects.with_staff().filter(behind, due, applicant__orcid__isnull=False)
    ids = list(waiting.order_by("applicant__orcid__asked_at", "id").values_list("pk", flat=True))
    for pk in ids[:_AT_ONCE]:
        take_orcid(str(pk))
    return len(ids[:_AT_ONCE])


def _replace(application: Application) -> None:
    items = gather_evidence(application, kinds=ORCID_KINDS)
    record_evidence(application, version=application.version_count, items=items, kinds=ORCID_KINDS)
    note_for_desk(application)


@transaction.atomic
def gather_again(application: Application, *, by: User) -> Application:
    """Check everything anew for the latest version, as staff may want when something changed.

    Refuses whoever may not judge, and once the file is not with staff any more.
    """
    lock(application)
    check_choose_institution(application, by)
    record_checks(application)
    record(
        "application.evidence_gathered",
        by=by,
        subject=application,
        details={"version": application.version_count},
    )
    ask_orcid_about(application)
    return application
