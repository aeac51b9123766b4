"""The first half: from the question whether one qualifies to a lab with its people."""

from accounts.models import User
from applications import actions as applying
from applications.completeness import missing_in
from applications.eligibility import judge
from applications.models import Application
from applications.verdicts import readable_reviews, standing_reviews
from lib.errors import NotAllowed, Refused
from organizations import actions as leading
from organizations.models import Invitation, Membership, Organization
from organizations.states import MembershipStatus
from outbox.models import Message
from portal import demonstration
from portal.demonstration_review import give_review
from portal.story.telling import broken, expect_refusal, hold, show, show_quota, step
from programmes.models import Programme
from reviews.models import Evidence, Outcome

_SURE = {
    "country": "NL",
    "workplace": "academic",
    "expertise": "yes",
    "independence": "yes",
    "proposal": "yes",
    "non_commercial": "yes",
}


def check_eligibility(programme: Programme) -> None:
    step("Anyone asks whether they qualify")
    for country in ("NL", "BR"):
        verdict = judge(programme, {**_SURE, "country": country})
        show(f"a university in {country}: {verdict.outcome.value}")
        for judgement in verdict.judgements:
            show(f"  {judgement.state.value}: {judgement.sentence}")
        hold(verdict.may_apply == (country == "NL"), f"the answer for {country} follows the policy")


def apply(programme: Programme, paula: User, carl: User) -> Application:
    step("Paula applies, section by section")
    application = applying.start_application(programme, by=paula)
    hold(len(missing_in(application)) > 10, "the list of what is missing is there from the start")
    expect_refusal(
        Refused,
        lambda: applying.submit_application(application, by=paula),
        "an incomplete application is refused",
    )
    demonstration.fill(application, demonstration.answers("paula", "demo-university"))
    demonstration.list_collaborator(application, carl)
    hold(not missing_in(application), "every rule of completeness is met")
    return application


def review(application: Application, paula: User) -> Organization:
    step("She submits; the portal gathers evidence and names who leads the file")
    applying.submit_application(application, by=paula)
    _show_evidence(application)
    expect_refusal(
        NotAllowed,
        lambda: applying.approve_application(application, by=paula, comment=""),
        "nobody decides about themselves",
    )
    leader = application.owner
    if leader is None:
        broken("one reviewer leads the file")
    show(f"{leader} leads it; the answer is due on {application.due_at:%-d %B %Y}")
    _ask_for_changes(application, paula, leader)
    step("Two reviewers look at it, blind to each other")
    applying.pass_screening(application, by=leader, version=2)
    _review_blind(application)
    step("The decision follows the reviews")
    expect_refusal(
        Refused,
        lambda: applying.decline_application(
            application, by=leader, reason="INCOMPLETE", comment="I am against it."
        ),
        "nobody decides against what the reviews recommend",
    )
    applying.approve_application(application, by=leader, comment="A clear design.")
    expect_refusal(
        (Refused, NotAllowed),
        lambda: applying.decline_application(
            application, by=leader, reason="INCOMPLETE", comment="Too late"
        ),
        "what is decided stays decided",
    )
    lab = Organization.objects.get(application=application)
    show(f"the lab “{lab}” is open until {lab.last_day:%-d %B %Y}")
    show_quota(lab)
    return lab


def _ask_for_changes(application: Application, paula: User, leader: User) -> None:
    applying.request_changes(application, by=leader, comment="Which floods do you mean?")
    hold(application.due_at is None, "the clock stands while she answers")
    demonstration.fill(application, {"research_questions": "Which frames grow after floods?"})
    applying.submit_application(application, by=paula)
    hold(application.version_count == 2, "both versions are frozen")
    expect_refusal(
        Refused,
        lambda: applying.pass_screening(application, by=leader, version=1),
        "a page that shows an older version decides nothing",
    )


def _review_blind(application: Application) -> None:
    first, second = (review.reviewer for review in standing_reviews(application))
    hold(first != second, f"{first} and {second} were asked")
    give_review(application, first, Outcome.APPROVED)
    words = [review.comment for review in readable_reviews(application, second)]
    hold(not any(words), f"{second} cannot read what {first} wrote")
    give_review(application, second, Outcome.APPROVED)
    application.refresh_from_db()
    hold(readable_reviews(application, second).count() == 2, "with both in, both are read")


def fill_seats(lab: Organization, paula: User, carl: User, dana: User, rita: User) -> None:
    step("Carl was listed and is invited; Dana is cleared later; an eleventh person is refused")
    seat = Membership.objects.get(organization=lab, user=carl)
    hold(seat.status == MembershipStatus.INVITED, "Carl was decided with the application")
    expect_refusal(
        NotAllowed,
        lambda: leading.accept_invitation(seat, by=dana),
        "an invitation is for one person",
    )
    leading.accept_invitation(seat, by=carl)
    proposed = leading.propose_collaborator(
        lab, email=dana.email, name=dana.name, expertise="Networks", by=paula
    )
    leading.clear_membership(proposed, by=rita, comment="On the department's page.")
    leading.accept_invitation(proposed, by=dana)
    hold(Invitation.objects.filter(membership=proposed).exists(), "the invitation was written")
    hold(lab.memberships.active().count() == 3, "Paula, Carl and Dana hold seats")
    for number in range(7):
        email = f"person{number}@university.example"
        leading.propose_collaborator(lab, email=email, name="N. N.", expertise="", by=paula)
    expect_refusal(
        leading.SeatsFull,
        lambda: leading.propose_collaborator(
            lab, email="eleventh@university.example", name="N. N.", expertise="", by=paula
        ),
        "there are ten seats",
    )
    show(f"{Message.objects.count()} mails went through the outbox")
    show_quota(lab)


def _show_evidence(application: Application) -> None:
    rows = list(Evidence.objects.about(application))
    for row in rows:
        show(f"  {row.colour:<6} {row.sentence}")
    hold(len(rows) > 5, "each criterion has its evidence")
