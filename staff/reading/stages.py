"""Where a file stands: the stage, the next act and who owns it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from applications.models import Application
from applications.states import ApplicationStatus as S
from staff.reading.reviews import Reviews


@dataclass(frozen=True)
class Stage:
    """What has to be done next, and by whom."""

    next_act: str
    owner: str


def stage_of(application: Application, reviews: Reviews) -> Stage:
    """The stage of a file as the page of the file says it; closed files have no next act."""
    writers = {
        S.SUBMITTED: _screening,
        S.REFUSAL_PROPOSED: _refusal_proposed,
        S.IN_REVIEW: _in_review,
        S.CONSOLIDATING: _consolidating,
        S.CHANGES_REQUESTED: _with_the_applicant,
        S.APPEALED: _appealed,
    }
    write = writers.get(S(application.status))
    if write is not None:
        return write(application, reviews)
    closed = _("This application is “%(status)s”; there is nothing to decide.")
    return Stage(closed % {"status": application.get_status_display()}, "")


def _screening(application: Application, reviews: Reviews) -> Stage:
    act = _("Check that it is complete and meets the hard criteria, and pass it on to review.")
    return Stage(act, str(application.owner or _("any reviewer")))


def _refusal_proposed(application: Application, reviews: Reviews) -> Stage:
    act = _("Confirm the proposed refusal, or object so that it is reviewed.")
    owner = _("any reviewer but %(proposer)s") % {"proposer": application.owner}
    return Stage(act, owner if application.owner else _("a second reviewer"))


def _in_review(application: Application, reviews: Reviews) -> Stage:
    return Stage(_("Give the independent reviews."), _whoever_reviews(reviews))


def _appealed(application: Application, reviews: Reviews) -> Stage:
    act = _("Review the appeal. Those who decided before have no part in it.")
    return Stage(act, _whoever_reviews(reviews))


def _whoever_reviews(reviews: Reviews) -> str:
    names = reviews.waiting_for
    if reviews.lacks_reviewer:
        names = [*names, _("one more reviewer, still to be found")]
    return ", ".join(names) or _("one more reviewer, still to be found")


def _consolidating(application: Application, reviews: Reviews) -> Stage:
    act = _("All reviews are in. Read them side by side and decide.")
    names = [str(each.row.reviewer) for each in reviews.rows if each.is_given]
    return Stage(act, _("one of %(names)s") % {"names": ", ".join(names)})


def _with_the_applicant(application: Application, reviews: Reviews) -> Stage:
    act = _("Answer what the reviewers asked; the clock stands until then.")
    return Stage(act, str(application.applicant))
