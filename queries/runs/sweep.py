"""Finding the runs that nobody works on, whatever the broker lost, and ending those that may not.

Both are called by the clock. Neither does the work itself: one sends nudges, the other cancels.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from audit.status import MoveRefused
from lib.nudge import nudge
from lib.time import Now
from organizations.models import Organization
from organizations.states import MembershipStatus
from queries.models import Run
from queries.runs.ending import end_run
from queries.states import RunStatus

# A nudge that nobody has answered is sent again after this time: a broker that lost it costs no
# more, and a long queue of workers gets no second message for each run at each sweep.
_PATIENCE = dt.timedelta(seconds=15)
_AT_MOST = 200


@transaction.atomic
def dispatch_due_runs(*, at_most: int = _AT_MOST) -> int:
    """Nudge a worker for each due run, those first that have waited longest; answers how many."""
    from queries.tasks import advance_run  # the task calls into this package

    quiet = Q(nudged_at=None) | Q(nudged_at__lte=Now() - _PATIENCE)
    due = Run.objects.due().filter(quiet).order_by("lease_until")
    chosen = due.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True)
    run_ids = list(chosen[:at_most])
    Run.objects.filter(pk__in=run_ids).update(nudged_at=Now())
    for run_id in run_ids:
        nudge(advance_run, run_id=str(run_id))
    return len(run_ids)


def end_runs_without_access() -> int:
    """Cancel the unfinished runs of members or labs whose access has ended; answers how many.

    A running one would end at its next page anyhow; those that wait would not notice.
    """
    ended = 0
    for run in _runs_without_access():
        try:
            _cancel(run)
        except MoveRefused:  # it came to its own end meanwhile
            continue
        ended += 1
    return ended


def _runs_without_access() -> Any:
    has_access = Q(
        organization__in=Organization.objects.open(),
        membership__status=MembershipStatus.ACTIVE,
        membership__user__is_active=True,
    )
    return Run.objects.unfinished().exclude(has_access)


def _cancel(run: Run) -> None:
    sentence = _("The access of this member or of this lab has ended.")
    end_run(run, RunStatus.CANCELLED, problem=sentence)
