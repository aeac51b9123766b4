"""What was said about the application that this one takes up again, beside what it concerns."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from applications.models import Application
from applications.questions import Question
from programmes.models import ReasonCode
from reviews.models import Decision, Outcome, Thread, Visibility

# Which criterion a reason of the default policy speaks of; questions name theirs in `evidence`.
# Other reasons concern the application as a whole.
_CRITERIA = {
    "REGION_NOT_OPEN": "institution",
    "INSTITUTION_NOT_ELIGIBLE": "institution",
    "EXPERTISE_NOT_SHOWN": "expertise",
    "CONFLICT_OF_INTEREST": "independence",
    "PROPOSAL_NOT_DEFINED": "proposal",
    "COMMERCIAL_USE": "non_commercial",
    "IDENTITY_NOT_SHOWN": "identity",
}


@dataclass(frozen=True)
class Remark:
    """One thing that staff said; `criterion` and `question_key` say what about, if anything."""

    moment: dt.datetime
    title: str
    text: str
    guidance: str = ""
    criterion: str = ""
    question_key: str = ""


@dataclass(frozen=True)
class FormerWords:
    """Everything that was said, the newest first."""

    remarks: Sequence[Remark] = ()

    @property
    def about_the_whole(self) -> list[Remark]:
        return [each for each in self.remarks if not each.question_key]

    def beside(self, question: Question) -> list[Remark]:
        """What concerns one question: by its own key, or by the criterion that it speaks to."""
        return [each for each in self.remarks if _concerns(each, question)]

    def concerning(self, questions: Iterable[Question]) -> list[Remark]:
        """The remarks on the whole that some of these questions answer to."""
        keys = {each.evidence for each in questions}
        return [each for each in self.about_the_whole if each.criterion in keys]


NOTHING_SAID = FormerWords()


def _concerns(remark: Remark, question: Question) -> bool:
    if remark.question_key:
        return remark.question_key == question.key
    return bool(remark.criterion) and remark.criterion == question.evidence


def former_words(application: Application) -> FormerWords:
    """Nothing for an application that takes up no other."""
    if application.predecessor is None:
        return NOTHING_SAID
    said = [*_decided(application.predecessor), *_asked(application.predecessor)]
    return FormerWords(sorted(said, key=lambda remark: remark.moment, reverse=True))


def _decided(former: Application) -> Iterator[Remark]:
    rows = Decision.objects.about(former).filter(is_proposal=False)
    reasons = {each.code: each for each in ReasonCode.objects.filter(programme=former.programme_id)}
    for row in rows.exclude(outcome__in=[Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS]):
        if row.outcome == Outcome.CHANGES_REQUESTED:
            yield Remark(row.created_at, _("Changes were requested"), row.comment)
            continue
        reason = reasons.get(row.reason)
        yield Remark(
            row.created_at,
            _("It was not approved: %(reason)s") % {"reason": reason or row.reason},
            row.comment,
            guidance=reason.guidance_text if reason else "",
            criterion=_CRITERIA.get(row.reason, ""),
        )


def _asked(former: Application) -> Iterator[Remark]:
    """What staff wrote to the applicant about one question."""
    threads = Thread.objects.about(former).filter(visibility=Visibility.APPLICANT)
    for thread in threads.exclude(question_key="").prefetch_related("messages"):
        for message in thread.messages.all():
            if message.author_id != former.applicant_id:
                yield Remark(
                    message.created_at,
                    _("Staff wrote about this question"),
                    message.body,
                    question_key=thread.question_key,
                )
