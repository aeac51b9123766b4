"""The demonstration's applications: one in each stage that staff and applicants should see."""

from typing import Any

from accounts.models import User
from applications import actions as applying
from applications.models import Application
from applications.verdicts import standing_reviews
from reviews.models import Outcome
from reviews.states import ReviewStatus

_COMMENTS = {
    Outcome.APPROVED: "The questions are clear and the design fits them.",
    Outcome.DECLINED: "The data would be sold on to the company that pays for the study.",
}
_REASON = "COMMERCIAL_USE"

# What tells these applications from Anna's, whose answers they share.
STAGES: dict[str, dict[str, Any]] = {
    "ben": {
        "full_name": "Ben Bakker",
        "team_name": "Moving Words",
        "project_title": "Sign language in public videos",
    },
    "cleo": {
        "full_name": "Cleo Costa",
        "team_name": "Harvest Lab",
        "project_title": "How farmers teach each other",
    },
    "dirk": {
        "full_name": "Dirk Dorn",
        "team_name": "Brand Watch",
        "project_title": "Which products are shown in short videos",
    },
}


def bring_to_stages(applications: dict[str, Application]) -> None:
    """Ben's is half reviewed, Cleo is asked for changes, Dirk was refused and may appeal."""
    _begin_reviews(applications["ben"])
    first = standing_reviews(applications["ben"]).earliest("id").reviewer
    give_review(applications["ben"], first, Outcome.APPROVED)
    cleo = applications["cleo"]
    applying.request_changes(
        cleo, by=_leader_of(cleo), comment="Which countries do you mean, and over which months?"
    )
    dirk = applications["dirk"]
    _begin_reviews(dirk)
    give_reviews(dirk, Outcome.DECLINED)
    applying.decline_application(
        dirk, by=_leader_of(dirk), reason=_REASON, comment=_COMMENTS[Outcome.DECLINED]
    )


def _begin_reviews(application: Application) -> None:
    applying.pass_screening(application, by=_leader_of(application))


def _leader_of(application: Application) -> User:
    leader = application.owner
    if leader is None:
        raise LookupError("the demonstration has a reviewer for each application")
    return leader


def give_reviews(application: Application, recommendation: Outcome) -> None:
    """Each reviewer who was asked says the same, without knowing what the others say."""
    under_way = standing_reviews(application).filter(status=ReviewStatus.ASSIGNED)
    for review in under_way.select_related("reviewer"):
        give_review(application, review.reviewer, recommendation)
    application.refresh_from_db()


def give_review(application: Application, by: User, recommendation: Outcome) -> None:
    """One complete review."""
    is_refusal = recommendation == Outcome.DECLINED
    verdicts = {"non_commercial": "NOT_MET"} if is_refusal else {}
    codes = application.programme.criteria.values_list("code", flat=True)
    applying.give_review(
        application,
        by=by,
        recommendation=recommendation,
        checklist={code: {"verdict": verdicts.get(code, "MET"), "remark": ""} for code in codes},
        comment=_COMMENTS[recommendation],
        reason=_REASON if is_refusal else "",
    )
