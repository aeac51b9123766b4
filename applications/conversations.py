"""Who may read which threads of an application, and the threads as one person reads them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Ability
from applications.diffing import Piece, words_diff
from applications.models import Application, form_of
from applications.questions import Question
from applications.reading import read_answer
from reviews.models import Conflict, Thread, ThreadMessage, ThreadReading, Visibility


def open_to_staff(user: User) -> QuerySet[Application]:
    """Applications whose conversation the person reads as staff.

    Of a draft that is the conversation alone, and only once its applicant has asked something.
    """
    reviewable = Application.objects.reviewable_by(user)
    if not user.has_ability(Ability.REVIEW):
        return reviewable
    asked = Thread.objects.filter(subject_id=OuterRef("pk"), visibility=Visibility.APPLICANT)
    tied = Conflict.objects.standing().filter(subject_id=OuterRef("pk"), person=user)
    drafts = Q(submitted_at__isnull=True) & Q(Exists(asked)) & ~Q(Exists(tied))
    unsent = Application.objects.filter(drafts).exclude(applicant=user)
    return Application.objects.filter(Q(pk__in=reviewable.values("pk")) | Q(pk__in=unsent))


def threads_of(application: Application, user: User) -> QuerySet[Thread]:
    """Applicants read public threads; whoever was asked from outside, these and their own.

    Whether the person may see the application at all was asked before.
    """
    threads: QuerySet[Thread] = Thread.objects.about(application)
    public = Q(visibility=Visibility.APPLICANT)
    if application.applicant_id == user.pk:
        return threads.filter(public)
    if user.has_ability(Ability.REVIEW):
        return threads
    return threads.filter(public | Q(opened_by=user))


@dataclass(frozen=True)
class ReadMessage:
    """One message with the name that its reader is told."""

    row: ThreadMessage
    author: str
    is_mine: bool


@dataclass(frozen=True)
class ReadThread:
    """One thread as one person reads it; `changes` compares the answer it asked to change."""

    row: Thread
    title: str
    messages: list[ReadMessage]
    is_unread: bool
    changes: list[Piece] = field(default_factory=list)

    @property
    def is_resolved(self) -> bool:
        return self.row.resolved_at is not None

    @property
    def is_private(self) -> bool:
        return self.row.visibility == Visibility.STAFF

    @property
    def has_changes(self) -> bool:
        return any(not piece.is_kept for piece in self.changes)


def read_threads(
    application: Application, user: User, *, question_keys: Sequence[str] | None = None
) -> list[ReadThread]:
    """What the person may read, open threads first; `question_keys` leaves only those."""
    read_at = ThreadReading.objects.filter(thread=OuterRef("pk"), person=user).values("read_at")
    messages = ThreadMessage.objects.select_related("author")
    rows = threads_of(application, user).annotate(last_read_at=Subquery(read_at[:1]))
    if question_keys is not None:
        rows = rows.filter(question_key__in=question_keys)
    threads = list(rows.prefetch_related(Prefetch("messages", queryset=messages)))
    if not threads:
        return []
    questions = {each.key: each for each in form_of(application).questions}
    answers = _answers_by_version(application, threads)
    read = [_read(row, application, user, questions, answers) for row in threads]
    return sorted(read, key=lambda each: each.is_resolved)


def _answers_by_version(
    application: Application, threads: Sequence[Thread]
) -> dict[int, dict[str, str]]:
    if not any(thread.asks_for_change and thread.question_key for thread in threads):
        return {}
    return dict(application.versions.values_list("number", "answers"))


def _read(
    row: Thread,
    application: Application,
    user: User,
    questions: dict[str, Question],
    answers: dict[int, dict[str, str]],
) -> ReadThread:
    said = list(row.messages.all())
    question = questions.get(row.question_key)
    read_at: dt.datetime | None = getattr(row, "last_read_at", None)
    return ReadThread(
        row,
        title=str(question.label) if question else _("The application as a whole"),
        messages=[_message(each, application, user) for each in said],
        is_unread=any(
            each.author_id != user.pk and (read_at is None or each.created_at > read_at)
            for each in said
        ),
        changes=_changes(row, said, question, answers, application.version_count),
    )


def _message(row: ThreadMessage, application: Application, user: User) -> ReadMessage:
    """The applicant is never told who of the staff wrote."""
    is_mine = row.author_id == user.pk
    if application.applicant_id == user.pk and not row.is_from_applicant:
        return ReadMessage(row, _("The reviewers"), is_mine)
    return ReadMessage(row, _("You") if is_mine else str(row.author), is_mine)


def _changes(
    row: Thread,
    said: list[ThreadMessage],
    question: Question | None,
    answers: dict[int, dict[str, str]],
    latest: int,
) -> list[Piece]:
    """From the version that was there when the change was asked for, to the latest."""
    if not (row.asks_for_change and question and said) or latest not in answers:
        return []
    before = answers.get(said[0].version)
    if before is None or said[0].version == latest:
        return []
    key = row.question_key
    return words_diff(
        read_answer(question, before.get(key)), read_answer(question, answers[latest].get(key))
    )


def waiting_for_staff(user: User) -> QuerySet[Thread]:
    """Public threads, not resolved, in which the applicant spoke last."""
    last = ThreadMessage.objects.filter(thread=OuterRef("pk")).order_by("-id")
    return (
        Thread.objects.filter(
            visibility=Visibility.APPLICANT,
            resolved_at__isnull=True,
            subject_id__in=open_to_staff(user).values("pk"),
        )
        .annotate(
            is_asked=Subquery(last.values("is_from_applicant")[:1]),
            last_at=Subquery(last.values("created_at")[:1]),
        )
        .filter(is_asked=True)
        .order_by("last_at", "id")
    )


def count_unread(application: Application, user: User) -> int:
    return sum(thread.is_unread for thread in read_threads(application, user))
