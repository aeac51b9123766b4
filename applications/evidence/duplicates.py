"""Whether the same is asked for twice at the same time.

Only what is under way or was let in can be a duplicate. A refusal, a withdrawal or an application
that this one takes up again is none, and never colours anything: everybody may try again.
"""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from applications.evidence.facts import Facts
from applications.models import Application
from applications.states import OPEN, ApplicationStatus
from institutions.folding import fold_name
from reviews.actions import EvidenceItem
from reviews.models import Colour

# So many titles of one institution are compared; more are not under way at one place.
_MOST_TITLES = 1_000


def about_own_duplicates(facts: Facts) -> Iterator[EvidenceItem]:
    """Another application of the same person under the same programme that is still open."""
    same = _others(facts).filter(applicant=facts.applicant, programme=facts.programme)
    other = same.filter(status__in=OPEN).only("answers").first()
    yield EvidenceItem(
        "duplicates",
        Colour.YELLOW if other else Colour.GREEN,
        _("Another application by the same person is under way.")
        if other
        else _("No other application by this person is under way."),
        source=_("Applications"),
        value=other.title if other else "",
    )


def about_same_title(facts: Facts) -> Iterator[EvidenceItem]:
    """The same project by somebody else at the same institution."""
    application, title = facts.application, fold_name(facts.application.title)
    near = _others(facts).exclude(applicant=facts.applicant)
    if application.institution_id:
        near = near.filter(institution=application.institution_id)
    else:
        near = near.filter(answers__project_title__iexact=application.title)
    taken = near.filter(Q(status__in=OPEN) | Q(status=ApplicationStatus.APPROVED))
    titles = taken.values_list("answers__project_title", flat=True).order_by("-id")[:_MOST_TITLES]
    count = sum(fold_name(str(each or "")) == title for each in titles)
    yield EvidenceItem(
        "duplicates",
        Colour.YELLOW if count else Colour.GREEN,
        _("Somebody else at the institution applies, or has a lab, with the same title.")
        if count
        else _("Nobody else at the institution applies with the same title."),
        source=_("Applications"),
        value=application.title if count else "",
    )


def _others(facts: Facts) -> QuerySet[Application]:
    return Application.objects.filter(submitted_at__isnull=False).exclude(pk=facts.application.pk)
