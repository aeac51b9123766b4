"""Applications, walked to their status through the real actions."""

import datetime as dt

from accounts.models import User
from accounts.roles import Role
from applications import actions
from applications.models import Application, form_of
from applications.states import ApplicationStatus as S
from applications.team import CollaboratorStatus
from applications.verdicts import standing_reviews, wanted_reviews
from institutions.models import Institution
from lib.time import today
from programmes.models import Programme
from reviews.models import Outcome
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
    email = "reviewer-of-factories@desk.test"
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
    application,
    email,
    *,
    name="",
    expertise="Statistics",
    works_elsewhere=False,
    is_confirmed=True,
):
    """A listed person, who has confirmed it unless said otherwise, also without an account."""
    listed = actions.add_collaborator(
        application,
        email=email,
        name=name or email.split("@")[0].title(),
        expertise=expertise,
        works_elsewhere=works_elsewhere,
        by=application.applicant,
    )
    if is_confirmed:
        application.collaborators.filter(pk=listed.pk).update(status=CollaboratorStatus.CONFIRMED)
        listed.refresh_from_db()
    return listed


def make_draft(applicant, *, collaborators=(), **answers):
    application = actions.start_application(Programme.objects.default(), by=applicant)
    fill_in(application, complete_answers(**answers))
    for email in collaborators:
        list_collaborator(application, email)
    return application


def make_application(
    applicant,
    *,
    status=S.DRAFT,
    collaborators=(),
    reviewer=None,
    verdict=Outcome.APPROVED,
    **answers,
):
    """A complete application in the wanted status; `collaborators` are e-mail addresses.

    `verdict` is what the reviews of one whose decision is due recommend.
    """
    application = make_draft(applicant, collaborators=collaborators, **answers)
    if status == S.DRAFT:
        return application
    if status == S.WITHDRAWN:
        return actions.withdraw_application(application, by=applicant)
    actions.submit_application(application, by=applicant)
    return _decide(application, status, reviewer, verdict)


def _decide(application: Application, status, reviewer, verdict):
    """From the screening on; `reviewer` screens, leads the file and decides."""
    if status == S.SUBMITTED:
        return application
    by = reviewer or some_reviewer()
    if status == S.CHANGES_REQUESTED:
        return actions.request_changes(application, by=by, comment="Please say which parties.")
    if status == S.EXPIRED:
        actions.request_changes(application, by=by, comment="Please say which parties.")
        return actions.expire_application(application)
    if status == S.REFUSAL_PROPOSED:
        return actions.propose_refusal(application, by=by, reason="INCOMPLETE", comment="Thin.")
    begin_reviews(application, by)
    if status in (S.CONSOLIDATING, S.APPROVED):
        give_all_reviews(application, verdict)
    if status in (S.DECLINED, S.APPEALED):
        give_all_reviews(application, Outcome.DECLINED)
        decline(application, by)
    if status == S.APPEALED:
        actions.appeal_application(application, text="You misread it.", by=application.applicant)
        find_reviewers(application)
    if status == S.APPROVED:
        actions.approve_application(application, by=by, comment="Welcome.")
    return application


def begin_reviews(application, by):
    """Pass the screening, so that as many as are needed review it."""
    actions.pass_screening(application, by=by)
    find_reviewers(application)


def find_reviewers(application):
    """New reviewers take the reviews that nobody was there for."""
    missing = wanted_reviews(application) - standing_reviews(application).count()
    for number in range(missing):
        email = f"{application.status.lower()}-{number}-{application.pk.hex[-6:]}@desk.test"
        actions.take_review(application, by=make_user(email, role=Role.REVIEWER))


def all_met(application):
    """A checklist in which every criterion of the programme is met."""
    codes = application.programme.criteria.values_list("code", flat=True)
    return {code: {"verdict": "MET", "remark": ""} for code in codes}


def give(application, by, recommendation, **changes):
    """One reviewer recommends this."""
    given = {
        "recommendation": recommendation,
        "comment": "The design fits the questions.",
        "checklist": all_met(application),
        "reason": "PROPOSAL_NOT_DEFINED" if recommendation == Outcome.DECLINED else "",
        "conditions": "Only public accounts." if "CONDITIONS" in recommendation else "",
    }
    return actions.give_review(application, by=by, **(given | changes))


def give_all_reviews(application, recommendation):
    """Every reviewer who was asked recommends the same."""
    for review in standing_reviews(application).filter(status=ReviewStatus.ASSIGNED):
        give(application, review.reviewer, recommendation)
    application.refresh_from_db()


def decline(application, by):
    return actions.decline_application(
        application,
        by=by,
        reason="PROPOSAL_NOT_DEFINED",
        comment="The questions are not clear yet.",
    )
