"""Who may do what with an application. `check_…` raises a sentence, `can_…` answers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Ability
from audit.models import Entry
from lib.errors import NotAllowed, Refused, allows
from lib.time import now
from reviews.models import Appeal, Decision, Outcome, Review
from reviews.states import ReviewStatus

if TYPE_CHECKING:
    from applications.models import Application, Attachment
    from programmes.models import Programme

# The statuses cannot be imported here, because their table of moves names these checks.
_WITH_STAFF = ("SUBMITTED", "REFUSAL_PROPOSED", "IN_REVIEW", "CONSOLIDATING", "APPEALED")


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


def check_apply_again(application: Application, by: User) -> None:
    """The applicant, once it has ended without a lab."""
    check_own(application, by)
    if application.status not in ("DECLINED", "WITHDRAWN", "EXPIRED"):
        raise Refused(
            _("This application is “%(status)s” now, so there is nothing to take up again.")
            % {"status": application.public_status}
        )
    check_apply(application.programme)


def can_apply_again(application: Application, by: User) -> bool:
    return allows(check_apply_again, application, by)


def check_judge(application: Application, by: User) -> None:
    """Reviewers judge, but never about themselves, nor where a tie of theirs stands.

    A tie that arose since conflicts were last written down is looked for here and now.
    """
    # Those modules read the moves, and the moves read this one.
    from applications.conflicts import is_tied_now
    from applications.models import Application

    if by is not None and application.judge_found_free == by.pk:
        return
    reviewable = Application.objects.reviewable_by(by) if by else Application.objects.none()
    if not reviewable.filter(pk=application.pk).exists() or is_tied_now(application, by):
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
    """Whoever comes too late is told who did what, and when."""
    if application.status in statuses:
        return
    last = Entry.objects.filter(
        subject_kind=application._meta.label_lower,
        subject_id=str(application.pk),
        details__to=application.status,
    ).last()
    words = {
        "status": application.get_status_display(),
        "who": _actor_of(last),
        "when": date_format(last.at, "j F Y, H:i") if last else "",
    }
    raise Refused(
        _(
            "This application is “%(status)s” now, by %(who)s on %(when)s UTC. "
            "Reload the page to see where it stands."
        )
        % words
    )


def _actor_of(entry: Entry | None) -> str:
    if entry is None or entry.actor_id is None:
        return _("Carrel")
    return str(User.objects.get(pk=entry.actor_id))


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


def check_choose_institution(application: Application, by: User) -> None:
    """Any reviewer of the house who may judge, while the file is with staff."""
    check_staff_judge(application, by)
    _check_stands_at(application, *_WITH_STAFF)


def can_choose_institution(application: Application, by: User) -> bool:
    return allows(check_choose_institution, application, by)


def check_give_review(application: Application, by: User) -> None:
    """Whoever has a review of it that is under way."""
    check_judge(application, by)
    _check_stands_at(application, "IN_REVIEW", "APPEALED")
    mine = Review.objects.about(application).filter(reviewer=by, status=ReviewStatus.ASSIGNED)
    if not mine.exists():
        raise NotAllowed(_("No review of this application is assigned to you."))


def can_give_review(application: Application, by: User) -> bool:
    return allows(check_give_review, application, by)


def check_take_review(application: Application, by: User) -> None:
    """A reviewer of the house who has said nothing about it yet."""
    check_staff_judge(application, by)
    _check_stands_at(application, "IN_REVIEW", "APPEALED")
    check_is_fresh(application, by)


def can_take_review(application: Application, by: User) -> bool:
    return allows(check_take_review, application, by)


def check_is_fresh(application: Application, person: User) -> None:
    """Who proposed to refuse it does not review it; who had a part in a refusal, not the appeal."""
    spoke = Decision.objects.about(application).filter(decided_by=person)
    reviewed = Review.objects.about(application).filter(reviewer=person, is_appeal=False)
    if application.status != "APPEALED":
        has_part = spoke.filter(is_proposal=True).exists()
    else:
        refused = spoke.exclude(outcome=Outcome.CHANGES_REQUESTED)
        has_part = refused.exists() or reviewed.exclude(recommendation="").exists()
    if has_part:
        raise NotAllowed(
            _("%(name)s has had a part in this before, so somebody else has to look at it now.")
            % {"name": person}
        )


def check_step_back(application: Application, by: User) -> None:
    """Whoever leads the file or has a review of it under way."""
    check_judge(application, by)
    _check_stands_at(application, *_WITH_STAFF)
    mine = Review.objects.about(application).filter(
        reviewer=by, is_appeal=application.status == "APPEALED"
    )
    if application.owner_id != by.pk and not mine.exclude(status=ReviewStatus.HANDED_ON).exists():
        raise NotAllowed(_("You have no part in this application from which to step back."))


def can_step_back(application: Application, by: User) -> bool:
    return allows(check_step_back, application, by)


def check_assign(application: Application, by: User) -> None:
    """Operators and whoever leads the file say who reviews it; with a tie, nobody does."""
    check_staff_judge(application, by)
    _check_stands_at(application, *_WITH_STAFF)
    if application.owner_id != by.pk and not by.has_ability(Ability.RUN_PROGRAMME):
        raise NotAllowed(_("Only an operator or whoever leads the file may assign it."))


def can_assign(application: Application, by: User) -> bool:
    return allows(check_assign, application, by)


def check_invite_external(application: Application, by: User) -> None:
    """An operator without a tie, while reviews are under way."""
    check_staff_judge(application, by)
    _check_stands_at(application, "IN_REVIEW", "APPEALED")
    if not by.has_ability(Ability.RUN_PROGRAMME):
        raise NotAllowed(_("Only an operator may invite a reviewer from outside."))


def can_invite_external(application: Application, by: User) -> bool:
    return allows(check_invite_external, application, by)


def check_extend(application: Application, by: User) -> None:
    """Any reviewer of the house who may judge, while the clock runs."""
    check_staff_judge(application, by)
    _check_stands_at(application, *_WITH_STAFF)


def can_extend(application: Application, by: User) -> bool:
    return allows(check_extend, application, by)


def check_decide(application: Application, by: User) -> None:
    """All reviews are in, and whoever decides gave one of them or leads the file."""
    check_staff_judge(application, by)
    _check_stands_at(application, "CONSOLIDATING")
    _check_may_conclude(application, by, is_appeal=False)


def can_decide(application: Application, by: User) -> bool:
    return allows(check_decide, application, by)


def _check_may_conclude(application: Application, by: User, *, is_appeal: bool) -> None:
    given = Review.objects.about(application).filter(
        reviewer=by, status=ReviewStatus.GIVEN, is_appeal=is_appeal
    )
    if application.owner_id != by.pk and not given.exists():
        raise NotAllowed(
            _(
                "The decision is made by one of those who reviewed the application, or by whoever "
                "leads the file."
            )
        )


def check_appeal(application: Application, by: User) -> None:
    """The applicant, once, within the term of the programme."""
    check_own(application, by)
    if application.status != "DECLINED":
        raise Refused(
            _("This application is “%(status)s” now, so there is no refusal to appeal against.")
            % {"status": application.public_status}
        )
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
    check_is_fresh(application, by)
    _check_may_conclude(application, by, is_appeal=True)


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
