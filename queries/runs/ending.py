"""How a run ends, whichever way."""

from django.db import transaction

from accounts.models import User
from audit.status import change_status
from lib.time import Now
from queries.models import Page, Run
from queries.states import RunStatus

_LONGEST_PROBLEM = 300


@transaction.atomic
def end_run(run: Run, status: RunStatus, *, by: User | None = None, problem: str = "") -> Run:
    """Nothing reads the stored pages any more, so they keep only their counts and hashes."""
    change_status(run, status, by=by, finished_at=Now(), problem=problem[:_LONGEST_PROBLEM])
    Page.objects.filter(run=run).update(records=b"")
    return run
