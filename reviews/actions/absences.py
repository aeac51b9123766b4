"""Days on which a reviewer is asked nothing new."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Ability
from audit.log import record
from lib.errors import Refused
from lib.time import today
from reviews.models import Absence
from reviews.permissions import check_keep_absences

_LONGEST = dt.timedelta(days=366)


@transaction.atomic
def set_absence(reviewer: User, *, first_date: dt.date, last_date: dt.date, by: User) -> Absence:
    """A reviewer is away, says they or an operator. Refuses days that have passed."""
    check_keep_absences(reviewer, by)
    if not reviewer.has_ability(Ability.REVIEW):
        raise Refused(_("Only reviewers have absences here."))
    if last_date < first_date:
        raise Refused(_("The last day lies before the first: exchange the two."))
    if last_date < today():
        raise Refused(_("These days have passed already: give a last day that lies ahead."))
    if last_date - first_date > _LONGEST:
        raise Refused(_("An absence is at most a year long: set a new one when it ends."))
    absence = Absence.objects.create(reviewer=reviewer, first_date=first_date, last_date=last_date)
    _record("absence.set", absence, by)
    return absence


@transaction.atomic
def end_absence(absence: Absence, *, by: User) -> None:
    """The reviewer is back, or will not be away after all."""
    check_keep_absences(absence.reviewer, by)
    _record("absence.ended", absence, by)
    if absence.first_date < today() <= absence.last_date:
        absence.last_date = today() - dt.timedelta(days=1)
        absence.save(update_fields=["last_date"])
    elif absence.last_date >= today():
        absence.delete()


def _record(event: str, absence: Absence, by: User) -> None:
    record(
        event,
        by=by,
        subject=absence,
        details={
            "reviewer": str(absence.reviewer_id),
            "first": absence.first_date.isoformat(),
            "last": absence.last_date.isoformat(),
        },
    )
