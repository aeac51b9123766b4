"""Changing the form of a programme: a draft of the next version, published in one step."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from applications.models import FormVersion
from applications.questions import Definition, Question, to_json
from applications.questions.changing import (
    differences,
    with_moved,
    with_question,
    with_switched,
)
from applications.questions.checking import faults_of
from audit.log import record
from lib.errors import Refused
from lib.time import now
from programmes.models import Programme
from programmes.permissions import check_change_policy


def put_question(
    programme: Programme, *, question: Question, section_key: str, by: User
) -> FormVersion:
    """Add a question to the next form, or change one. Refuses what could not be asked."""
    return _edit(programme, by, lambda content: with_question(content, question, section_key))


def move_question(programme: Programme, *, key: str, step: int, by: User) -> FormVersion:
    """Move a question one place up (-1) or down (+1) in its section."""
    return _edit(programme, by, lambda content: with_moved(content, key, step))


def switch_question(programme: Programme, *, key: str, is_on: bool, by: User) -> FormVersion:
    """Retire a question, or ask it again. Refuses to retire what the portal itself needs."""
    return _edit(programme, by, lambda content: with_switched(content, key, is_on=is_on))


@transaction.atomic
def _edit(
    programme: Programme, by: User, change: Callable[[Definition], Definition]
) -> FormVersion:
    """Change the draft of the next form; without one, begin it from the form that is asked."""
    check_change_policy(by)
    published = FormVersion.objects.in_force(programme)
    draft = _draft_of(programme) or _begin(programme, published, by)
    changed = change(draft.content)
    faults = faults_of(changed, published.content)
    if faults:
        raise Refused(" ".join(faults))
    draft.definition = to_json(changed)
    draft.revision += 1
    draft.save(update_fields=["definition", "revision"])
    return draft


def _draft_of(programme: Programme) -> FormVersion | None:
    """Held, so that of two operators who edit at once each change is kept.

    The programme is held too, because a draft that is not there yet cannot be.
    """
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    drafts = FormVersion.objects.select_for_update(of=("self",))
    return drafts.filter(programme=programme, published_at__isnull=True).first()


def _begin(programme: Programme, published: FormVersion, by: User) -> FormVersion:
    draft = FormVersion.objects.create(
        programme=programme, number=published.number + 1, definition=published.definition
    )
    record("form.begun", by=by, subject=draft, details={"number": draft.number})
    return draft


@transaction.atomic
def discard_form(programme: Programme, *, by: User) -> None:
    """Throw the draft of the next form away."""
    check_change_policy(by)
    draft = _existing_draft(programme)
    record("form.discarded", by=by, subject=draft, details={"number": draft.number})
    draft.delete()


@transaction.atomic
def publish_form(programme: Programme, *, reason: str, revision: int, by: User) -> FormVersion:
    """Ask the next form from now on. What was submitted keeps the form it was given to.

    Refuses without a reason, without a change, and when somebody changed the draft since the
    operator looked at it (`revision`).
    """
    check_change_policy(by)
    draft, published = _existing_draft(programme), FormVersion.objects.in_force(programme)
    if draft.revision != revision:
        raise Refused(_("Somebody changed this form meanwhile: look at it again, then publish."))
    if not reason.strip():
        raise Refused(_("Say why the form changes: it stands in the history."))
    changes = differences(published.content, draft.content)
    faults = faults_of(draft.content, published.content)
    if faults or not changes:
        raise Refused(" ".join(faults) or _("Nothing is changed yet, so there is nothing to ask."))
    draft.published_at, draft.published_by, draft.reason = now(), by, reason.strip()
    draft.save(update_fields=["published_at", "published_by", "reason"])
    record(
        "form.published",
        by=by,
        subject=draft,
        details={"number": draft.number, "changes": len(changes)},
        text=reason.strip(),
    )
    return draft


def _existing_draft(programme: Programme) -> FormVersion:
    draft = _draft_of(programme)
    if draft is None:
        raise Refused(_("There is no draft of a new form: change something first."))
    return draft
