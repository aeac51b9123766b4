"""Applications, walked to their status through the real actions."""

import datetime as dt

from accounts.models import User
from accounts.roles import Role
from applications import actions
from applications.actions.reviewing import standing_reviews
from applications.models import Application, form_of
from applications.states import ApplicationStatus as S
from institutions.models import Institution
from lib.time import today
from programmes.models import Programme
from reviews.models import Outcome, Reason
from reviews.states import ReviewStatus
from tests.factories.people import make_user


def complete_answers(**changes):
    """An answer to every required question; `changes` replace or add some."""
    first = today() + dt.timedelta(days=30)
    return {
        "full_name": "Paula Prins",
        "role": "faculty",
        "profile_url": "https://www.uva.nl/en/profile/p/r/p.prins",
        "institution": str(institution_named("University of Amsterdam").pk),
        "works_in": "NL",
        "department_url": "https://ascor.uva.nl/",
        "team_name": "Prins Lab",
        "expertise": "Political communication",
        "publications": "Prins (2025), On short videos.",
        "project_title": "Elections in short videos",
        "topics": ["civic", "information"],
        "summary": "We study how parties reach voters.",
        "design": "A content analysis of a sample of videos.",
        "research_questions": "Which messages spread?",
        "public_summary": "Which messages of parties reach voters in short videos?",
        "starts_on": first.isoformat(),
        "access_days": 365,
        "period_reason": "The campaign lasts a year.",
        "is_funded": "no",
        "has_conflict": "no",
        "shares_data": "no",
        "security_plan": "Encrypted disks, two people with access, deletion at the end.",
        "terms_accepted": True,
        "compliance_certified": True,
        "security_accepted": True,
        **changes,
    }


def institution_named(name):
    return Institution.objects.get(name=name)


def some_reviewer():
    """A reviewer who has no part in anything."""
    email = "reviewer-of-factories@carrel.test"
    known = User.objects.filter(email=email).first()
    return known or make_user(email, name="Rufus Reviewer", role=Role.REVIEWER)


def fill_in(application, answers, *, by=None):
    """Save the answers section by section, as the pages do."""
    for section in form_of(application).sections:
        keys = [question.key for question in section.questions if question.key in answers]
        given = {key: answers[key] for key in keys}
        actions.save_section(
            application, section=section, answers=given, by=by or application.applicant
        )
    return application


def list_collaborator(
    application, email, *, name="", expertise="Statistics", works_elsewhere=False
):
    return actions.add_collaborator(
        application,
        email=email,
        name=name or email.split("@")[0].title(),
        expertise=expertise,
        works_elsewhere=works_elsewhere,
        by=application.applicant,
    )


def make_draft(applicant, *, collaborators=(), **answers):
    application = actions.start_application(Programme.objects.default(), by=applicant)
    fill_in(application, complete_answers(**answers))
    for email in collaborators:
        list_collaborator(application, email)
    return application


def make_application(applicant, *, status=S.DRAFT, collaborators=(), reviewer=None, **answers):
    """A complete application in the wanted status; `collaborators` are e-mail addresses."""
    application = make_draft(applicant, collaborators=collaborators, **answers)
    if status == S.DRAFT:
        return application
    if status == S.WITHDRAWN:
        return actions.withdraw_application(application, by=applicant)
    actions.submit_application(application, by=applicant)
    return _decide(application, status, reviewer)


def _decide(application: Application, status, reviewer):
    """From the screening on; `reviewer` screens, gives the first review and decides."""
    by = reviewer or (None if status == S.SUBMITTED else some_reviewer())
    if status == S.CHANGES_REQUESTED:
        actions.request_changes(application, by=by, comment="Please say which parties.")
    if status == S.REFUSAL_PROPOSED:
        actions.propose_refusal(application, by=by, reason=Reason.INCOMPLETE, comment="Thin.")
    if status in (S.IN_REVIEW, S.CONSOLIDATING, S.APPROVED, S.DECLINED, S.APPEALED):
        begin_reviews(application, by)
    if status in (S.CONSOLIDATING, S.APPROVED):
        give_all_reviews(application, Outcome.APPROVED)
    if status in (S.DECLINED, S.APPEALED):
        give_all_reviews(application, Outcome.DECLINED)
        decline(application, by)
    if status == S.APPROVED:
        actions.approve_application(application, by=by, comment="Welcome.")
    return application


def begin_reviews(application, by):
    """Pass the screening, so that `by` and as many others as are needed review it."""
    actions.pass_screening(application, by=by)
    missing = application.programme.review_count - standing_reviews(application).count()
    for number in range(missing):
        email = f"second-{number}-{application.pk.hex[-6:]}@carrel.test"
        actions.take_review(application, by=make_user(email, role=Role.REVIEWER))
    if not standing_reviews(application).filter(reviewer=by).exists():
        standing_reviews(application).filter(pk=standing_reviews(application)[0].pk).update(
            reviewer=by
        )


def give_all_reviews(application, recommendation):
    """Every reviewer who was asked recommends the same."""
    for review in standing_reviews(application).filter(status=ReviewStatus.ASSIGNED):
        actions.give_review(
            application,
            by=review.reviewer,
            recommendation=recommendation,
            comment="The design fits the questions.",
            reason="" if recommendation == Outcome.APPROVED else Reason.PROPOSAL_NOT_DEFINED,
        )
    application.refresh_from_db()


def decline(application, by):
    return actions.decline_application(
        application,
        by=by,
        reason=Reason.PROPOSAL_NOT_DEFINED,
        comment="The questions are not clear yet.",
    )
