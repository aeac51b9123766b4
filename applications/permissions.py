"""Who may do what with an application. `check_…` raises a sentence, `can_…` answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Ability
from lib.errors import NotAllowed, Refused, allows

if TYPE_CHECKING:
    from applications.models import Application
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
    """Reviewers judge, but never about themselves or a lab they would belong to."""
    if by is None or not by.has_ability(Ability.REVIEW):
        raise NotAllowed(_("Only reviewers may decide about an application."))
    if application.applicant_id == by.pk or application.names(by):
        raise NotAllowed(_("You are part of this application, so somebody else has to decide."))


def check_decide(application: Application, by: User) -> None:
    """A decision needs a reviewer without a part in it, and an application that waits for one."""
    check_judge(application, by)
    if not application.is_awaiting_review:
        raise Refused(
            _(
                "This application is “%(status)s” now: somebody decided about it or withdrew it "
                "meanwhile. Reload the page to see where it stands."
            )
            % {"status": application.get_status_display()}
        )


def can_decide(application: Application, by: User) -> bool:
    return allows(check_decide, application, by)
