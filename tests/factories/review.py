"""A review with everybody in it, walked through the real actions."""

from accounts.roles import Role
from applications import actions
from applications.models import Application
from applications.states import ApplicationStatus as S
from applications.verdicts import standing_reviews
from reviews.actions import declare_conflict
from reviews.models import Outcome
from reviews.states import ReviewStatus
from tests.factories.applications import give, make_draft
from tests.factories.people import make_user

ROLES = [
    "applicant",
    "other applicant",
    "reviewer who leads it",
    "reviewer who was asked",
    "reviewer not asked",
    "reviewer with a conflict",
    "external reviewer",
    "operator",
    "nobody",
]


class ReviewWorld:
    """An application in one status, and one person for each role.

    `verdict` is what all reviews recommend; `screened` whether changes were asked for after the
    screening.
    """

    def __init__(self, status, *, verdict=Outcome.APPROVED, is_screened=False):
        self.verdict, self.is_screened = verdict, is_screened
        self.people = {"applicant": make_user("paula@uva.nl", name="Paula Prins"), "nobody": None}
        self.people["other applicant"] = make_user("olga@ethz.ch")
        # Asked in the order of their accounts, so these four come before who is not to be asked.
        self.asked = [_reviewer(f"asked{number}") for number in range(4)]
        self.people["reviewer who leads it"] = self.leader = _reviewer("leader")
        self.people["reviewer not asked"] = _reviewer("unasked")
        self.people["reviewer with a conflict"] = self.tied = _reviewer("tied")
        self.people["operator"] = make_user("oscar@carrel.test", role=Role.OPERATOR)
        self.people["external reviewer"] = make_user("xenia@outside.example")
        self.people["reviewer who was asked"] = self.asked[1]
        self.application = make_draft(self.people["applicant"])
        self._walk(status)
        self.application = Application.objects.get(pk=self.application.pk)

    def _walk(self, status):
        if status == S.DRAFT:
            return
        actions.submit_application(self.application, by=self.people["applicant"])
        declare_conflict(self.application, person=self.tied, sentence="Kin.", by=self.tied)
        actions.set_owner(self.application, to=self.leader, by=self.people["operator"])
        if status == S.WITHDRAWN:
            actions.withdraw_application(self.application, by=self.people["applicant"])
        elif status == S.REFUSAL_PROPOSED:
            actions.propose_refusal(
                self.application, by=self.leader, reason="INCOMPLETE", comment="Thin."
            )
        elif status in (S.CHANGES_REQUESTED, S.EXPIRED):
            self._ask_for_changes(status)
        elif status != S.SUBMITTED:
            self._review(status)

    def _ask_for_changes(self, status):
        if self.is_screened:
            self._begin_reviews()
        actions.request_changes(self.application, by=self.leader, comment="Which parties?")
        if status == S.EXPIRED:
            actions.expire_application(self.application)

    def _begin_reviews(self):
        actions.pass_screening(self.application, by=self.leader)
        self._invite()

    def _invite(self):
        actions.invite_external_reviewer(
            self.application, email="xenia@outside.example", by=self.people["operator"]
        )

    def _review(self, status):
        self._begin_reviews()
        if status == S.IN_REVIEW:
            return
        is_refused = status in (S.DECLINED, S.APPEALED)
        self._give(Outcome.DECLINED if is_refused else self.verdict)
        if is_refused:
            actions.decline_application(
                self.application, by=self.leader, reason="COMMERCIAL_USE", comment="It sells."
            )
        elif status == S.APPROVED:
            actions.approve_application(self.application, by=self.leader)
        if status == S.APPEALED:
            self._appeal()

    def _appeal(self):
        actions.appeal_application(
            self.application, text="We sell nothing.", by=self.people["applicant"]
        )
        self._give(self.verdict)
        self.people["reviewer who was asked"] = self.asked[3]
        self.people["reviewer who leads it"] = self.asked[2]
        self.people["reviewer who refused it"] = self.leader
        self.people["reviewer of the first round"] = self.asked[1]

    def _give(self, verdict):
        self.application.refresh_from_db()
        under_way = standing_reviews(self.application).filter(status=ReviewStatus.ASSIGNED)
        for review in under_way:
            give(self.application, review.reviewer, verdict)


def _reviewer(name):
    return make_user(f"{name}@carrel.test", name=name.title(), role=Role.REVIEWER)
