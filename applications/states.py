"""The statuses of an Application, with the name that applicants read, and the moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from applications import permissions
from audit.status import Move, MoveTable


class ApplicationStatus(TextChoices):
    """The label is what staff read; `PUBLIC_NAMES` holds what the applicant reads."""

    DRAFT = "DRAFT", _("Draft")
    SUBMITTED = "SUBMITTED", _("Awaiting review")
    CHANGES_REQUESTED = "CHANGES_REQUESTED", _("Changes requested")
    APPROVED = "APPROVED", _("Approved")
    DECLINED = "DECLINED", _("Declined")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


_S = ApplicationStatus

PUBLIC_NAMES = {
    _S.DRAFT: _("Draft, not submitted yet"),
    _S.SUBMITTED: _("With the reviewers"),
    _S.CHANGES_REQUESTED: _("Your answer is needed"),
    _S.APPROVED: _("Approved"),
    _S.DECLINED: _("Not approved"),
    _S.WITHDRAWN: _("Withdrawn by you"),
}

# The colour of the badge; what waits for the reader is yellow.
COLOURS = {
    _S.DRAFT: "grey",
    _S.SUBMITTED: "blue",
    _S.CHANGES_REQUESTED: "yellow",
    _S.APPROVED: "green",
    _S.DECLINED: "red",
    _S.WITHDRAWN: "grey",
}

EDITABLE = (_S.DRAFT, _S.CHANGES_REQUESTED)
OPEN = (_S.DRAFT, _S.SUBMITTED, _S.CHANGES_REQUESTED)

APPLICATION_MOVES: MoveTable = {
    (_S.DRAFT, _S.SUBMITTED): Move("application.submitted", permissions.check_own),
    (_S.CHANGES_REQUESTED, _S.SUBMITTED): Move("application.resubmitted", permissions.check_own),
    (_S.DRAFT, _S.WITHDRAWN): Move("application.withdrawn", permissions.check_own),
    (_S.SUBMITTED, _S.WITHDRAWN): Move("application.withdrawn", permissions.check_own),
    (_S.CHANGES_REQUESTED, _S.WITHDRAWN): Move("application.withdrawn", permissions.check_own),
    (_S.SUBMITTED, _S.CHANGES_REQUESTED): Move(
        "application.changes_requested", permissions.check_decide
    ),
    (_S.SUBMITTED, _S.APPROVED): Move("application.approved", permissions.check_decide),
    (_S.SUBMITTED, _S.DECLINED): Move("application.declined", permissions.check_decide),
}
