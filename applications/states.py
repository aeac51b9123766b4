"""The statuses of an Application, the name that applicants read, who acts next, and the moves."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications import permissions
from audit.status import Move, MoveTable, by_carrel_itself


class ApplicationStatus(TextChoices):
    """The label is what staff read; `PUBLIC_NAMES` holds what the applicant reads."""

    DRAFT = "DRAFT", _("Draft")
    SUBMITTED = "SUBMITTED", _("Screening")
    REFUSAL_PROPOSED = "REFUSAL_PROPOSED", _("Refusal proposed")
    IN_REVIEW = "IN_REVIEW", _("Independent reviews")
    CONSOLIDATING = "CONSOLIDATING", _("Decision due")
    CHANGES_REQUESTED = "CHANGES_REQUESTED", _("Changes requested")
    APPROVED = "APPROVED", _("Approved")
    DECLINED = "DECLINED", _("Declined")
    APPEALED = "APPEALED", _("Appeal")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    EXPIRED = "EXPIRED", _("Closed without an answer")


_S = ApplicationStatus

# A proposed refusal reads like the screening, because nothing is decided before it is confirmed.
PUBLIC_NAMES = {
    _S.DRAFT: _("Draft, not submitted yet"),
    _S.SUBMITTED: _("Being checked for completeness"),
    _S.REFUSAL_PROPOSED: _("Being checked for completeness"),
    _S.IN_REVIEW: _("With the reviewers"),
    _S.CONSOLIDATING: _("The decision is being prepared"),
    _S.CHANGES_REQUESTED: _("Your answer is needed"),
    _S.APPROVED: _("Approved"),
    _S.DECLINED: _("Not approved"),
    _S.APPEALED: _("Your appeal is with other reviewers"),
    _S.WITHDRAWN: _("Withdrawn by you"),
    _S.EXPIRED: _("Closed, because no answer came"),
}

# The colour of the badge; what waits for the reader is yellow.
COLOURS = {
    _S.DRAFT: "grey",
    _S.SUBMITTED: "blue",
    _S.REFUSAL_PROPOSED: "blue",
    _S.IN_REVIEW: "blue",
    _S.CONSOLIDATING: "blue",
    _S.CHANGES_REQUESTED: "yellow",
    _S.APPROVED: "green",
    _S.DECLINED: "red",
    _S.APPEALED: "blue",
    _S.WITHDRAWN: "grey",
    _S.EXPIRED: "grey",
}

EDITABLE = (_S.DRAFT, _S.CHANGES_REQUESTED)
WITH_STAFF = (_S.SUBMITTED, _S.REFUSAL_PROPOSED, _S.IN_REVIEW, _S.CONSOLIDATING, _S.APPEALED)
# Until the decision, and while an appeal is under way, the applicant may withdraw.
OPEN = (
    _S.DRAFT,
    _S.SUBMITTED,
    _S.REFUSAL_PROPOSED,
    _S.IN_REVIEW,
    _S.CONSOLIDATING,
    _S.CHANGES_REQUESTED,
    _S.APPEALED,
)
# Decided, withdrawn or expired; an appeal opens one of them again.
CLOSED = (_S.APPROVED, _S.DECLINED, _S.WITHDRAWN, _S.EXPIRED)


class Actor(TextChoices):
    """Who acts next."""

    APPLICANT = "APPLICANT", _("The applicant")
    OWNER = "OWNER", _("The reviewer who leads the file")
    SECOND = "SECOND", _("A second reviewer")
    REVIEWERS = "REVIEWERS", _("Those who were asked for a review")
    DECIDER = "DECIDER", _("One of those who reviewed it, or who leads the file")
    NOBODY = "NOBODY", _("Nobody")


@dataclass(frozen=True)
class NextAct:
    """Who acts next in a status, and what that is: in a sentence for staff, one for applicants."""

    actor: Actor
    for_staff: str | Promise
    for_applicant: str | Promise


_LOOKED_THROUGH = _("Nothing for you to do: we check that your application is complete.")

NEXT_ACTS = {
    _S.DRAFT: NextAct(
        Actor.APPLICANT,
        _("The applicant fills it in and submits it."),
        _("Finish your application and submit it."),
    ),
    _S.SUBMITTED: NextAct(
        Actor.OWNER,
        _(
            "Check that it is complete and meets the hard criteria: pass it on, or propose to "
            "refuse it."
        ),
        _LOOKED_THROUGH,
    ),
    _S.REFUSAL_PROPOSED: NextAct(
        Actor.SECOND,
        _("Somebody other than who proposed it confirms the refusal or objects to it."),
        _LOOKED_THROUGH,
    ),
    _S.IN_REVIEW: NextAct(
        Actor.REVIEWERS,
        _("Each reviewer gives their own review, without knowing those of the others."),
        _("Nothing for you to do: reviewers look at your application, each by themselves."),
    ),
    _S.CONSOLIDATING: NextAct(
        Actor.DECIDER,
        _("All reviews are in: decide as most of them recommend, or ask for changes."),
        _("Nothing for you to do: the reviews are in, and the decision is being written."),
    ),
    _S.CHANGES_REQUESTED: NextAct(
        Actor.APPLICANT,
        _("The applicant answers; the clock stands until then."),
        _("Read what the reviewers ask, change your answers, and submit again."),
    ),
    _S.APPROVED: NextAct(
        Actor.NOBODY,
        _("Nothing: the lab is made."),
        _("Your lab is made; you find it among your labs."),
    ),
    _S.DECLINED: NextAct(
        Actor.NOBODY,
        _("Nothing, unless the applicant appeals."),
        _("Read the reason. You can appeal within the term, or apply anew."),
    ),
    _S.APPEALED: NextAct(
        Actor.REVIEWERS,
        _("Reviewers who had no part in the refusal look at it again; one of them decides."),
        _("Nothing for you to do: other reviewers look at the refusal again."),
    ),
    _S.WITHDRAWN: NextAct(
        Actor.NOBODY,
        _("Nothing: the applicant took it back."),
        _("You took it back; you may start again at any time."),
    ),
    _S.EXPIRED: NextAct(
        Actor.NOBODY,
        _("Nothing: no answer came, so it was closed."),
        _("It was closed because no answer came; you may start again at any time."),
    ),
}

_own = permissions.check_own
_withdrawn = Move("application.withdrawn", _own)
_changes = Move("application.changes_requested", permissions.check_ask_for_changes)
_expired = Move("application.expired", by_carrel_itself)

APPLICATION_MOVES: MoveTable = {
    (_S.DRAFT, _S.SUBMITTED): Move("application.submitted", _own),
    (_S.DRAFT, _S.WITHDRAWN): _withdrawn,
    (_S.DRAFT, _S.EXPIRED): _expired,
    # Screening: one reviewer passes it on or proposes a refusal, a second confirms that.
    (_S.SUBMITTED, _S.IN_REVIEW): Move("application.screened", permissions.check_screen),
    (_S.SUBMITTED, _S.REFUSAL_PROPOSED): Move(
        "application.refusal_proposed", permissions.check_screen
    ),
    (_S.SUBMITTED, _S.CHANGES_REQUESTED): _changes,
    (_S.SUBMITTED, _S.WITHDRAWN): _withdrawn,
    (_S.REFUSAL_PROPOSED, _S.DECLINED): Move(
        "application.declined", permissions.check_confirm_refusal
    ),
    (_S.REFUSAL_PROPOSED, _S.IN_REVIEW): Move(
        "application.refusal_objected", permissions.check_confirm_refusal
    ),
    (_S.REFUSAL_PROPOSED, _S.WITHDRAWN): _withdrawn,
    # Independent reviews, then the decision.
    (_S.IN_REVIEW, _S.CONSOLIDATING): Move("application.reviews_given", by_carrel_itself),
    (_S.IN_REVIEW, _S.CHANGES_REQUESTED): _changes,
    (_S.IN_REVIEW, _S.WITHDRAWN): _withdrawn,
    (_S.CONSOLIDATING, _S.APPROVED): Move("application.approved", permissions.check_decide),
    (_S.CONSOLIDATING, _S.DECLINED): Move("application.declined", permissions.check_decide),
    (_S.CONSOLIDATING, _S.CHANGES_REQUESTED): _changes,
    (_S.CONSOLIDATING, _S.IN_REVIEW): Move("application.review_reopened", by_carrel_itself),
    (_S.CONSOLIDATING, _S.WITHDRAWN): _withdrawn,
    # The applicant's answer goes back to where it was asked from.
    (_S.CHANGES_REQUESTED, _S.SUBMITTED): Move("application.resubmitted", _own),
    (_S.CHANGES_REQUESTED, _S.IN_REVIEW): Move("application.resubmitted", _own),
    (_S.CHANGES_REQUESTED, _S.WITHDRAWN): _withdrawn,
    (_S.CHANGES_REQUESTED, _S.EXPIRED): _expired,
    # The appeal goes to reviewers who did not decide.
    (_S.DECLINED, _S.APPEALED): Move("application.appealed", permissions.check_appeal),
    (_S.APPEALED, _S.WITHDRAWN): _withdrawn,
    (_S.APPEALED, _S.DECLINED): Move("application.appeal_upheld", permissions.check_decide_appeal),
    (_S.APPEALED, _S.APPROVED): Move(
        "application.appeal_overturned", permissions.check_decide_appeal
    ),
}
