"""The demonstration: people, a lab, applications in each stage of the review, and the corpus.

Everything is done by the real actions. All people and both institutions are made up; their
addresses lie under the reserved domain `example`, so no mail can reach anybody.
"""

import datetime as dt
from typing import Any

from django.db import connection, transaction

from accounts.actions import create_account
from accounts.models import User
from accounts.roles import Role
from applications import actions as applying
from applications.actions.team import confirm_details
from applications.models import Application, form_of
from audit.log import record
from corpus.actions import load_demonstration as load_corpus
from institutions.models import Institution
from lib.time import today
from organizations import actions as leading
from organizations.models import Client, Organization
from portal.demonstration_review import STAGES, bring_to_stages, give_reviews
from programmes.models import Programme
from queries import actions as asking
from reviews.models import Outcome

PASSWORD = "carrel-demonstration"  # noqa: S105 - printed at start, for a demonstration only

PEOPLE: dict[str, tuple[str, Role, str]] = {
    # address: name, role, what the demonstration says they are
    "oscar@carrel.example": ("Oscar Ohm", Role.OPERATOR, "operator"),
    "rita@carrel.example": ("Rita Reyes", Role.REVIEWER, "reviewer"),
    "ravi@carrel.example": ("Ravi Rao", Role.REVIEWER, "reviewer"),
    "romy@carrel.example": ("Romy Roth", Role.REVIEWER, "reviewer"),
    "paula@university.example": ("Paula Prins", Role.APPLICANT, "principal researcher"),
    "carl@university.example": ("Carl Claes", Role.APPLICANT, "collaborator"),
    "dana@university.example": ("Dana Dahl", Role.APPLICANT, "collaborator under review"),
    "anna@institute.example": ("Anna Arp", Role.APPLICANT, "applicant"),
    "ben@institute.example": ("Ben Bakker", Role.APPLICANT, "applicant in review"),
    "cleo@institute.example": ("Cleo Costa", Role.APPLICANT, "applicant asked for changes"),
    "dirk@institute.example": ("Dirk Dorn", Role.APPLICANT, "applicant who was refused"),
}

_INSTITUTIONS = [
    ("demo-university", "University of Example", "NL", "university.example"),
    ("demo-institute", "Example Institute of Technology", "US", "institute.example"),
]


def load_demonstration() -> bool:
    """Load it unless it is there; answers whether it was loaded now.

    Two starts at once wait for each other.
    """
    programme = Programme.objects.default()
    load_corpus(programme.corpus)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(4017352)")
        if User.objects.filter(email__in=PEOPLE).exists():
            return False
        people = make_people()
        lab = _make_lab(programme, people)
        _make_queries(lab, people["carl"])
        _make_applications(programme, people)
        record("demonstration.loaded", by=None, subject=programme)
    return True


def organizations() -> list[Organization]:
    """The labs of the demonstration's people."""
    seats = {"memberships__user__email__in": PEOPLE}
    return list(Organization.objects.filter(**seats).distinct().order_by("created_at"))


def issue_clients(organization: Organization) -> list[tuple[str, Client, str]]:
    """A fresh client for each active member: address, client, secret."""
    members = organization.memberships.active().select_related("user")
    return [
        (member.email, *leading.issue_client(member, by=None, name="demonstration"))
        for member in members
    ]


def make_people() -> dict[str, User]:
    """The cast and its two institutions, by the part of the address before the @."""
    for ror_id, name, country, domain in _INSTITUTIONS:
        Institution.objects.get_or_create(
            ror_id=ror_id,
            defaults={
                "name": name,
                "country": country,
                "kinds": ["education"],
                "domains": [domain],
                "website": f"https://{domain}",
            },
        )
    return {
        email.partition("@")[0]: create_account(
            email=email, name=name, password=PASSWORD, role=role, by=None
        )
        for email, (name, role, _what) in PEOPLE.items()
    }


def _make_lab(programme: Programme, people: dict[str, User]) -> Organization:
    """Paula's application, approved by Rita, with Carl in it and Dana waiting for review."""
    application = _apply(
        programme,
        people["paula"],
        answers("paula", "demo-university"),
        collaborator=people["carl"],
    )
    approve(application, by=people["rita"], comment="Welcome.")
    lab = Organization.objects.get(application=application)
    leading.accept_invitation(lab.memberships.get(user=people["carl"]), by=people["carl"])
    leading.propose_collaborator(
        lab,
        email=people["dana"].email,
        name=people["dana"].name,
        expertise="Network analysis",
        by=people["paula"],
    )
    return lab


def _make_applications(programme: Programme, people: dict[str, User]) -> None:
    """Anna's waits for its screening; the others have come further."""
    given = answers("anna", "demo-institute")
    _apply(programme, people["anna"], given)
    bring_to_stages(
        {who: _apply(programme, people[who], given | own) for who, own in STAGES.items()}
    )


def approve(application: Application, *, by: User, comment: str) -> None:
    """Screen it, have everybody who is asked recommend it, and decide as who leads it."""
    applying.pass_screening(application, by=by)
    give_reviews(application, Outcome.APPROVED)
    applying.approve_application(application, by=by, comment=comment)


def _make_queries(lab: Organization, by: User) -> None:
    """A first query, whose run starts with the first worker."""
    query = asking.write_query(
        lab,
        by=by,
        name="Climate in German-speaking countries, spring 2024",
        definition={
            "and": [
                {
                    "operation": "IN",
                    "field_name": "region_code",
                    "field_values": ["DE", "AT", "CH"],
                },
                {"operation": "EQ", "field_name": "hashtag_name", "field_values": ["climate"]},
            ]
        },
        start_date=dt.date(2024, 3, 1),
        end_date=dt.date(2024, 5, 31),
        fields=["id", "create_time", "username", "region_code", "video_description", "view_count"],
    )
    asking.submit_query(query, by=by)


def fill(application: Application, given: dict[str, Any]) -> None:
    """Answer questions of any section, as the applicant."""
    for section in form_of(application).sections:
        keys = {question.key for question in section.questions}
        mine = {key: value for key, value in given.items() if key in keys}
        if mine:
            by = application.applicant
            applying.save_section(application, section=section, answers=mine, by=by)


def list_collaborator(application: Application, person: User) -> None:
    """Name somebody of the same institution as a collaborator, who confirms it."""
    listed = applying.add_collaborator(
        application,
        email=person.email,
        name=person.name,
        expertise="Computational social science",
        by=application.applicant,
    )
    confirm_details(listed, by=person)


def _apply(
    programme: Programme, applicant: User, given: dict[str, Any], collaborator: User | None = None
) -> Application:
    application = applying.start_application(programme, by=applicant)
    fill(application, given)
    if collaborator is not None:
        list_collaborator(application, collaborator)
    return applying.submit_application(application, by=applicant)


def answers(who: str, ror_id: str) -> dict[str, Any]:
    """A complete set of answers to the application form."""
    institution = Institution.objects.get(ror_id=ror_id)
    return {
        **_ANSWERS[who],
        "role": "faculty",
        "institution": str(institution.pk),
        "works_in": institution.country.code,
        "starts_on": today().isoformat(),
        "access_days": 365,
        "is_funded": "yes",
        "funding_source": "A public research council.",
        "has_conflict": "no",
        "shares_data": "no",
        "terms_accepted": True,
        "compliance_certified": True,
        "security_accepted": True,
    }


_ANSWERS: dict[str, dict[str, Any]] = {
    "paula": {
        "full_name": "Paula Prins",
        "profile_url": "https://university.example/staff/paula-prins",
        "department_url": "https://university.example/media-studies",
        "team_name": "Civic Feeds Lab",
        "expertise": "Political communication",
        "publications": "Prins (2024), How climate news travels in short videos.",
        "project_title": "Climate talk in short videos across Europe",
        "topics": ["society", "civic"],
        "summary": (
            "We study how people talk about the climate in short videos, and how this changes "
            "around floods, heat waves and elections in seven European countries."
        ),
        "design": (
            "A sample of public videos by hashtag and keyword over two years, coded by hand for "
            "frame and tone; a regression on counts by week and country."
        ),
        "public_summary": (
            "Floods and heat waves make people talk about the climate. We look at public short "
            "videos from seven European countries to learn how this talk changes afterwards."
        ),
        "research_questions": "Which frames grow after a flood, and for how long?",
        "period_reason": "Two coding rounds of four months each, then analysis and writing.",
        "security_plan": (
            "Data lies encrypted on a university server that only the lab reaches; access is "
            "logged; records removed at the source are deleted within 30 days."
        ),
    },
    "anna": {
        "full_name": "Anna Arp",
        "profile_url": "https://institute.example/people/arp",
        "department_url": "https://institute.example/public-health",
        "team_name": "Vaccination Stories",
        "expertise": "Public health communication",
        "publications": "",
        "project_title": "Personal stories about vaccination",
        "topics": ["information", "mental_health"],
        "summary": (
            "Personal stories shape what parents think about vaccines. We describe which stories "
            "are told in public videos, and what distinguishes those that spread."
        ),
        "design": "A keyword sample over one year, with a hand-coded subset of 2,000 videos.",
        "public_summary": (
            "Parents hear many stories about vaccines. We describe which are told in public short "
            "videos and what makes some of them spread."
        ),
        "research_questions": "Do stories with a named place spread further than those without?",
        "period_reason": "One year covers a whole cycle of school vaccinations.",
        "security_plan": "Data stays on an encrypted server of the institute, for two people only.",
    },
}
