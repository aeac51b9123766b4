"""Who may do what with an application. `check_…` raises a sentence, `can_…` answers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Ability
from lib.errors import NotAllowed, Refused, allows
from lib.time import now
from reviews.models import Appeal, Decision, Review
from reviews.states import ReviewStatus

if TYPE_CHECKING:
    from applications.models import Application, Attachment
    from programmes.models import Programme


def check_apply(programme: Programme) -> None:
    if not programme.intake_is_open:
        raise Refused(
            _("Applications are closed at present. A draft is kept until they open again.")
        )


def check_own(application: Application, by: User) -> None:
    if by is None or application.applicant_id != by.pk:
        raise NotAllowed(_("Only the applicant may do this with an application."))


def check_edit(application: Application, by: User) -> None:
    check_own(application, by)
    if not application.is_editable:
        raise Refused(
            _("This application is “%(status)s” now, so it cannot be edited.")
            % {"status": application.public_status}
        )


def can_edit(application: Application, by: User) -> bool:
    return allows(check_edit, application, by)


def check_withdraw(application: Application, by: User) -> None:
    check_own(application, by)
    if not application.is_open:
        raise Refused(
            _("This application is “%(status)s” now, so it cannot be withdrawn.")
            % {"status": application.public_status}
        )


def can_withdraw(application: Application, by: User) -> bool:
    return allows(check_withdraw, application, by)


def check_judge(application: Application, by: User) -> None:
    """Reviewers judge, but never about themselves, nor where a tie of theirs stands."""
    from applications.models import Application  # that module reads the moves, and they read this

    if by is None or not Application.objects.reviewable_by(by).filter(pk=application.pk).exists():
        raise NotAllowed(
            _("You may not judge this application: only reviewers without a tie to it may.")
        )


def can_judge(application: Application, by: User) -> bool:
    return allows(check_judge, application, by)


def check_staff_judge(application: Application, by: User) -> None:
    """A reviewer of the house; whoever was asked from outside only gives a review."""
    check_judge(application, by)
    if not by.has_ability(Ability.REVIEW):
        raise NotAllowed(_("Only reviewers of the house may do this."))


def _check_stands_at(application: Application, *statuses: str) -> None:
    if application.status not in statuses:
        raise Refused(
            _(
                "This application is “%(status)s” now: somebody decided about it or withdrew it "
                "meanwhile. Reload the page to see where it stands."
            )
            % {"status": application.get_status_display()}
        )


def check_screen(application: Application, by: User) -> None:
    """The first look, by any reviewer of the house."""
    check_staff_judge(application, by)
    _check_stands_at(application, "SUBMITTED")


def can_screen(application: Application, by: User) -> bool:
    return allows(check_screen, application, by)


def check_confirm_refusal(application: Application, by: User) -> None:
    """A second person, not the one who proposed it, confirms a refusal of the screening."""
    check_staff_judge(application, by)
    _check_stands_at(application, "REFUSAL_PROPOSED")
    proposal = Decision.objects.about(application).filter(is_proposal=True).latest("id")
    if proposal.decided_by_id == by.pk:
        raise NotAllowed(_("You proposed this refusal, so somebody else has to confirm it."))


def can_confirm_refusal(application: Application, by: User) -> bool:
    return allows(check_confirm_refusal, application, by)


def check_ask_for_changes(application: Application, by: User) -> None:
    """Any reviewer of the house who may judge asks, while the file is with staff."""
    check_staff_judge(application, by)
    _check_stands_at(application, "SUBMITTED", "IN_REVIEW", "CONSOLIDATING")


def can_ask_for_changes(application: Application, by: User) -> bool:
    return allows(check_ask_for_changes, application, by)


def check_give_review(application: Application, by: User) -> None:
    """Whoever has a review of it that is under way."""
    check_judge(application, by)
    _check_stands_at(application, "IN_REVIEW", "APPEALED")
    mine = Review.objects.about(application).filter(reviewer=by, status=ReviewStatus.ASSIGNED)
    if not mine.exists():
        raise NotAllowed(_("No review of this application is assigned to you."))


def can_give_review(application: Application, by: User) -> bool:
    return allows(check_give_review, application, by)


def check_decide(application: Application, by: User) -> None:
    """All reviews are in, and whoever decides gave one of them."""
    check_staff_judge(application, by)
    _check_stands_at(application, "CONSOLIDATING")
    _check_reviewed(application, by, is_appeal=False)


def can_decide(application: Application, by: User) -> bool:
    return allows(check_decide, application, by)


def _check_reviewed(application: Application, by: User, *, is_appeal: bool) -> None:
    given = Review.objects.about(application).filter(
        reviewer=by, status=ReviewStatus.GIVEN, is_appeal=is_appeal
    )
    if not given.exists():
        raise NotAllowed(_("The decision is made by one of those who reviewed the application."))


def check_appeal(application: Application, by: User) -> None:
    """The applicant, once, within the term of the programme."""
    check_own(application, by)
    _check_stands_at(application, "DECLINED")
    if Appeal.objects.about(application).exists():
        raise Refused(_("This refusal was appealed already, and an appeal is decided once."))
    term = dt.timedelta(days=application.programme.appeal_days)
    if application.decided_at is None or application.decided_at + term < now():
        raise Refused(
            _("An appeal can be made within %(days)s days of the decision; that time has passed.")
            % {"days": application.programme.appeal_days}
        )


def can_appeal(application: Application, by: User) -> bool:
    return allows(check_appeal, application, by)


def check_decide_appeal(application: Application, by: User) -> None:
    """One of those who reviewed the appeal; they had no part in the first decision."""
    check_staff_judge(application, by)
    _check_stands_at(application, "APPEALED")
    _check_reviewed(application, by, is_appeal=True)


def can_decide_appeal(application: Application, by: User) -> bool:
    return allows(check_decide_appeal, application, by)


def check_open_attachment(attachment: Attachment, by: User) -> None:
    """What the scanner found harmful opens for nobody; what it has not seen, for no reviewer."""
    if attachment.is_harmful:
        raise Refused(
            _("This file is locked: the scanner for harmful software found something in it.")
        )
    is_own = by is not None and attachment.application.applicant_id == by.pk
    if attachment.scan_verdict == "WAITING" and not is_own:
        raise Refused(
            _(
                "This file is still being checked for harmful software. That usually takes less "
                "than a minute: please try again."
            )
        )
