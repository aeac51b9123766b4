"""The first half: from the question whether one qualifies to a lab with its people."""

from accounts.models import User
from applications import actions as applying
from applications.completeness import missing_in
from applications.eligibility import judge
from applications.models import Application
from lib.errors import NotAllowed, Refused
from organizations import actions as leading
from organizations.models import Invitation, Membership, Organization
from organizations.states import MembershipStatus
from outbox.models import Message
from portal import demonstration
from portal.story.telling import expect_refusal, hold, show, show_quota, step
from programmes.models import Programme
from reviews.models import Evidence

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


def review(application: Application, paula: User, rita: User) -> Organization:
    step("She submits; the portal gathers evidence; Rita asks for changes, then approves")
    applying.submit_application(application, by=paula)
    _show_evidence(application)
    expect_refusal(
        NotAllowed,
        lambda: applying.approve_application(application, by=paula, comment=""),
        "nobody decides about themselves",
    )
    applying.request_changes(application, by=rita, comment="Which floods do you mean?")
    demonstration.fill(application, {"research_questions": "Which frames grow after floods?"})
    applying.submit_application(application, by=paula)
    hold(application.version_count == 2, "both versions are frozen")
    demonstration.approve(application, by=rita, comment="A clear design.")
    expect_refusal(
        (Refused, NotAllowed),
        lambda: applying.decline_application(
            application, by=rita, reason="INCOMPLETE", comment="Too late"
        ),
        "what is decided stays decided",
    )
    lab = Organization.objects.get(application=application)
    show(f"the lab “{lab}” is open until {lab.last_day:%-d %B %Y}")
    show_quota(lab)
    return lab


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
