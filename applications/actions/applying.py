"""What the applicant does with an application, up to submitting or withdrawing it."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from applications import emails
from applications.actions.appealing import drop_appeal
from applications.actions.attaching import freeze_attachments
from applications.actions.checking import record_checks
from applications.actions.choosing import ensure_owner
from applications.actions.gathering import ask_orcid_about
from applications.actions.locking import lock
from applications.actions.reviewing import end_reviews, reopen_reviews
from applications.actions.ties import close_to_tied
from applications.actions.timing import recompute_due
from applications.addresses import addresses_of, clean_address
from applications.completeness import missing_in
from applications.models import (
    Application,
    ApplicationVersion,
    FormVersion,
    ListedCollaborator,
)
from applications.permissions import check_apply, check_edit, check_withdraw
from applications.questions import INSTITUTION_KEY
from applications.registry import at_domain
from applications.states import ApplicationStatus
from applications.team import CollaboratorStatus
from audit.log import record
from audit.status import change_status
from institutions.models import Institution
from lib.errors import Refused
from lib.time import now
from programmes.models import Programme
from reviews.actions import close_pause


def start_application(programme: Programme, *, by: User) -> Application:
    """Open a draft. Refuses while the intake is closed, and a second draft beside the first."""
    check_apply(programme)
    institution = _suggested_institution(by)
    form = FormVersion.objects.in_force(programme)
    answers = {
        "full_name": by.name[:50],
        INSTITUTION_KEY: str(institution.pk) if institution else "",
    }
    try:
        with transaction.atomic():
            application = Application.objects.create(
                programme=programme,
                applicant=by,
                institution=institution,
                form=form,
                answers=answers,
                answer_versions=dict.fromkeys(answers, form.number),
            )
            record("application.started", by=by, subject=application)
    except IntegrityError as problem:
        raise Refused(_("You have a draft already: go on with it or withdraw it.")) from problem
    return application


def _suggested_institution(by: User) -> Institution | None:
    """The one institution that owns the domain of the person's address; theirs to change."""
    found = list(at_domain(by.email))
    return found[0] if len(found) == 1 else None


@transaction.atomic
def add_collaborator(
    application: Application,
    *,
    email: str,
    name: str,
    expertise: str,
    works_elsewhere: bool = False,
    works_in: str = "",
    travels_from: dt.date | None = None,
    travels_until: dt.date | None = None,
    by: User,
) -> ListedCollaborator:
    """List a person. Refuses the applicant, a person listed already, and one too many."""
    lock(application)
    check_edit(application, by)
    email = clean_address(email)
    _check_new_collaborator(application, email, by)
    collaborator = ListedCollaborator.objects.create(
        application=application,
        email=email,
        name=name,
        expertise=expertise,
        works_elsewhere=works_elsewhere,
        works_in=works_in,
        travels_from=travels_from,
        travels_until=travels_until,
    )
    Application.objects.filter(pk=application.pk).update(saved_at=now())
    return collaborator


def _check_new_collaborator(application: Application, email: str, by: User) -> None:
    limit = application.programme.collaborators_limit
    if email in addresses_of(by):
        raise Refused(_("You lead the lab yourself, so you are not listed as a collaborator."))
    if application.collaborators.filter(email=email).exists():
        raise Refused(_("%(email)s is in the list already.") % {"email": email})
    if application.collaborators.count() >= limit:
        sentence = _("A lab has at most %(limit)s collaborators: remove somebody first.")
        raise Refused(sentence % {"limit": limit})


@transaction.atomic
def remove_collaborator(collaborator: ListedCollaborator, *, by: User) -> None:
    """Take a person off the list."""
    application = lock(collaborator.application)
    check_edit(application, by)
    collaborator.delete()
    if collaborator.letters_count:
        emails.tell_removed(collaborator)
    Application.objects.filter(pk=application.pk).update(saved_at=now())


@transaction.atomic
def submit_application(application: Application, *, by: User) -> Application:
    """Submit the application, for the first time or after changes.

    Refuses while anything is missing. Freezes a version, gathers evidence and confirms by mail.
    """
    lock(application)
    check_edit(application, by)
    if application.status == ApplicationStatus.DRAFT:
        check_apply(application.programme)
    _check_complete(application)
    _leave_for_later(application)
    version = _freeze(application)
    stage = application.resumes_as or ApplicationStatus.SUBMITTED
    change_status(
        application,
        stage,
        by=by,
        details={"version": version.number, "terms_version": version.terms_version},
        version_count=version.number,
        submitted_at=application.submitted_at or now(),
        resumes_as="",
    )
    close_pause(application)
    recompute_due(application)
    record_checks(application)
    ask_orcid_about(application)
    close_to_tied([application])
    _hand_to_staff(application)
    emails.confirm_submission(application)
    return application


def _leave_for_later(application: Application) -> None:
    """Who has not confirmed what is said of them holds nothing up, and is not decided with it."""
    for person in application.collaborators.filter(status=CollaboratorStatus.LISTED):
        change_status(person, CollaboratorStatus.LATER, by=None, token_hash="")


def _hand_to_staff(application: Application) -> None:
    """Somebody leads it; those who had reviewed it look again."""
    ensure_owner(application)
    if application.status == ApplicationStatus.IN_REVIEW:
        reopen_reviews(application)


def _check_complete(application: Application) -> None:
    missing = missing_in(application)
    if missing:
        sentences = " ".join(item.sentence for item in missing[:5])
        more = _(" And %(count)s more.") % {"count": len(missing) - 5} if len(missing) > 5 else ""
        raise Refused(_("The application is not complete yet.") + " " + sentences + more)


def _freeze(application: Application) -> ApplicationVersion:
    return ApplicationVersion.objects.create(
        application=application,
        number=application.version_count + 1,
        form=application.form,
        answers=application.answers,
        answer_versions=application.answer_versions,
        collaborators=[_row(person) for person in application.collaborators.all()],
        attachments=freeze_attachments(application, number=application.version_count + 1),
        terms_version=application.answers["terms_accepted"],
    )


def _row(person: ListedCollaborator) -> dict[str, str | bool | None]:
    return {
        "id": str(person.pk),
        "name": person.name,
        "email": person.email,
        "expertise": person.expertise,
        "institution": str(person.institution or ""),
        "works_elsewhere": person.works_elsewhere,
        "works_in": person.works_in.code or "",
        "travels_from": _day(person.travels_from),
        "travels_until": _day(person.travels_until),
        "status": person.status,
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


@transaction.atomic
def withdraw_application(application: Application, *, by: User) -> Application:
    """Take the application back, at any time before the decision or during an appeal."""
    lock(application)
    check_withdraw(application, by)
    change_status(application, ApplicationStatus.WITHDRAWN, by=by)
    close_pause(application)
    end_reviews(application)
    drop_appeal(application, by=by)
    return application
