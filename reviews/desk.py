"""What reviewers keep for themselves and each other: views of the queue, and texts."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from lib.errors import NotAllowed, Refused
from reviews.models import SavedView, Snippet
from reviews.permissions import check_review

_MOST_VIEWS = 20


def save_view(*, name: str, query_string: str, by: User) -> SavedView:
    """Keep a choice of filters under a name; the same name keeps the newer choice.

    Refuses a view too many, so that the list stays one that can be read.
    """
    check_review(None, by)
    kept = SavedView.objects.filter(owner=by)
    if kept.count() >= _MOST_VIEWS and not kept.filter(name=name).exists():
        sentence = _("You have %(count)s views already: delete one first.")
        raise Refused(sentence % {"count": _MOST_VIEWS})
    view, _created = SavedView.objects.update_or_create(
        owner=by, name=name, defaults={"query_string": query_string}
    )
    return view


def delete_view(view: SavedView, *, by: User) -> None:
    if view.owner_id != by.pk:
        raise NotAllowed(_("Only its owner may delete a view."))
    view.delete()


def write_snippet(*, title: str, body: str, by: User) -> Snippet:
    """Keep a text for all reviewers. Refuses a title that another one has."""
    check_review(None, by)
    try:
        with transaction.atomic():
            return Snippet.objects.create(title=title, body=body, written_by=by)
    except IntegrityError as problem:
        sentence = _("There is a text called “%(title)s” already.") % {"title": title}
        raise Refused(sentence) from problem


def delete_snippet(snippet: Snippet, *, by: User) -> None:
    """Its writer and operators may; what was written with it stays as it is."""
    check_review(None, by)
    if snippet.written_by_id != by.pk and not by.is_operator:
        raise NotAllowed(_("Only whoever wrote a text, or an operator, may delete it."))
    snippet.delete()
