"""Letting a linked lab read one query or one result, and ending that.

Nothing is copied to the other lab: each request of its members asks anew whether the share, the
link, both labs' access, the policy and both scopes still allow it.
"""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.log import record
from lib.errors import Refused
from lib.time import Now
from organizations.models import LabLink
from queries import emails, permissions
from queries.actions.queries import write_query
from queries.models import Query, Result, Share


def share_query(query: Query, *, link: LabLink, by: User) -> Share:
    """Let the other lab read how a query is written, and copy it to run on its own quota.

    Only the principal researcher may. Refuses where the link, the policy, the access of a lab or
    one of the two scopes does not allow it.
    """
    permissions.check_share(query, link, by)
    return _share(query, link, by, query=query)


def share_result(result: Result, *, link: LabLink, by: User) -> Share:
    """Let the other lab read a query and download what a run of it brought; as `share_query`."""
    permissions.check_share(result.run.query, link, by)
    return _share(result.run.query, link, by, result=result)


@transaction.atomic
def _share(of: Query, link: LabLink, by: User, **shared: Any) -> Share:
    share = Share(
        link=link,
        organization=of.organization,
        reader=link.other(of.organization_id),
        made_by=by,
        **shared,
    )
    try:
        with transaction.atomic():
            share.save(force_insert=True)
    except IntegrityError as problem:
        raise Refused(_("This is shared with that lab already.")) from problem
    _record("share.made", share, by)
    emails.tell_shared(share)
    return share


@transaction.atomic
def revoke_share(share: Share, *, by: User) -> Share:
    """End it: the next request of the other lab is refused. Either principal researcher may."""
    permissions.check_revoke_share(share, by)
    ended = Share.objects.filter(pk=share.pk, revoked_at=None)
    if not ended.update(revoked_at=Now(), revoked_by=by):
        raise Refused(_("This share was ended before."))
    share.refresh_from_db(fields=["revoked_at", "revoked_by"])
    _record("share.revoked", share, by)
    return share


@transaction.atomic
def copy_shared_query(share: Share, *, by: User) -> Query:
    """A draft of the reading lab that asks the same; it runs on that lab's quota and rules."""
    permissions.check_read_share(share, by)
    original = share.shared_query
    copy = write_query(
        share.reader,
        by=by,
        name=original.name,
        definition=original.definition,
        start_date=original.start_date,
        end_date=original.end_date,
        fields=original.fields,
    )
    _record("share.copied", share, by, query=str(copy.pk))
    return copy


def note_shared_download(share: Share, *, by: User, kind: str) -> None:
    """Check that this person may have the file, and record in both labs that they took it."""
    permissions.check_read_share(share, by)
    if share.result is None:
        raise Refused(_("The query is shared, not its results. Copy it and run it yourself."))
    for lab in share.labs:
        details = {"file": kind, "share": str(share.pk)}
        record(
            "result.downloaded", by=by, subject=share.result, organization=lab.pk, details=details
        )


def _record(event: str, share: Share, by: User, **more: str) -> None:
    """Both labs have it in their log."""
    row = share.query or share.result
    details = {
        "of": type(row).__name__.lower(),
        "id": str(row.pk) if row else "",
        "giver": str(share.organization_id),
        "reader": str(share.reader_id),
        **more,
    }
    for lab in share.labs:
        record(event, by=by, subject=share, organization=lab.pk, details=details)
