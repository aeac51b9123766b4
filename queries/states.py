"""The statuses of a Query and of a Run, and the moves between them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from audit.status import Move, MoveTable, by_carrel_itself
from queries import permissions


class QueryStatus(TextChoices):
    DRAFT = "DRAFT", _("Draft")
    AWAITING_APPROVAL = "AWAITING_APPROVAL", _("Waits for approval")
    APPROVED = "APPROVED", _("Approved")
    REFUSED = "REFUSED", _("Not approved")


class RunStatus(TextChoices):
    QUEUED = "QUEUED", _("Waits for a worker")
    RUNNING = "RUNNING", _("Running")
    WAITING_FOR_QUOTA = "WAITING_FOR_QUOTA", _("Waits for quota")
    SUCCEEDED = "SUCCEEDED", _("Complete")
    CANCELLED = "CANCELLED", _("Cancelled")
    FAILED = "FAILED", _("Failed")


UNFINISHED = (RunStatus.QUEUED, RunStatus.RUNNING, RunStatus.WAITING_FOR_QUOTA)

_Q = QueryStatus
_R = RunStatus

QUERY_MOVES: MoveTable = {
    (_Q.DRAFT, _Q.AWAITING_APPROVAL): Move("query.submitted", permissions.check_own_query),
    (_Q.DRAFT, _Q.APPROVED): Move("query.approved", permissions.check_approved_by_rule),
    (_Q.AWAITING_APPROVAL, _Q.APPROVED): Move("query.approved", permissions.check_decide_query),
    (_Q.AWAITING_APPROVAL, _Q.REFUSED): Move("query.refused", permissions.check_decide_query),
}

RUN_MOVES: MoveTable = {
    (_R.QUEUED, _R.RUNNING): Move("run.started", by_carrel_itself),
    (_R.WAITING_FOR_QUOTA, _R.RUNNING): Move("run.resumed", by_carrel_itself),
    (_R.RUNNING, _R.WAITING_FOR_QUOTA): Move("run.paused_at_quota", by_carrel_itself),
    (_R.RUNNING, _R.SUCCEEDED): Move("run.succeeded", by_carrel_itself),
    (_R.RUNNING, _R.FAILED): Move("run.failed", by_carrel_itself),
    **{
        (status, _R.CANCELLED): Move("run.cancelled", permissions.check_cancel_run)
        for status in UNFINISHED
    },
}
