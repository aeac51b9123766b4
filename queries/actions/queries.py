"""From a draft to a run: writing, submitting, deciding, repeating, cancelling, downloading."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.log import record
from audit.status import change_status
from corpus import language
from corpus.codebook import VIDEOS
from lib.errors import Refused
from lib.nudge import nudge
from organizations.models import Organization
from queries import emails, permissions
from queries.models import Query, Result, Run
from queries.runs.ending import end_run
from queries.scope import check_in_scope, check_query
from queries.states import QueryStatus, RunStatus


@transaction.atomic
def write_query(
    organization: Organization,
    *,
    by: User,
    name: str,
    definition: dict[str, Any],
    start_date: str | dt.date,
    end_date: str | dt.date,
    fields: Sequence[str],
) -> Query:
    """Keep a query as a draft; refuses what the grammar refuses, fields that there are not, and
    whatever the lab was not approved for."""
    permissions.check_write_query(organization, by)
    understood = language.parse(
        definition, start_date=start_date, end_date=end_date, longest_days=None
    )
    check_fields(fields)
    check_in_scope(organization.approved_data, understood, fields)
    query = Query.objects.create(
        organization=organization,
        membership=organization.memberships.active().get(user=by),
        name=name,
        definition=understood.to_json()["query"],
        start_date=understood.start_date,
        end_date=understood.end_date,
        fields=list(dict.fromkeys(fields)),
    )
    record("query.written", by=by, subject=query, organization=organization.pk)
    return query


def check_fields(fields: Sequence[str]) -> None:
    unknown = VIDEOS.unknown_names(fields)
    if unknown:
        problem = _("There is no field %(names)s; the codebook lists those there are.")
        raise Refused(problem % {"names": ", ".join(unknown)[:200]})
    if not fields:
        raise Refused(_("Choose at least one field to be returned."))


@transaction.atomic
def submit_query(query: Query, *, by: User) -> Query:
    """Run it at once where the lab's rule lets it, else ask the principal researcher."""
    permissions.check_own_query(query, by)
    check_query(query)
    if permissions.is_approved_by_rule(query, by):
        change_status(query, QueryStatus.APPROVED, by=by)
        _start_run(query, by=by)
    else:
        change_status(query, QueryStatus.AWAITING_APPROVAL, by=by)
        emails.ask_principal(query)
    return query


@transaction.atomic
def approve_query(query: Query, *, by: User, comment: str = "") -> Query:
    """The principal researcher agrees: the query runs at once, in its author's name."""
    change_status(query, QueryStatus.APPROVED, by=by, text=comment, decision_comment=comment)
    _start_run(query, by=query.membership.user)
    emails.tell_query_decided(query)
    return query


@transaction.atomic
def refuse_query(query: Query, *, by: User, comment: str) -> Query:
    """The principal researcher does not agree, and says why."""
    if not comment.strip():
        raise Refused(_("Say why, so that the author can mend the query."))
    change_status(query, QueryStatus.REFUSED, by=by, text=comment, decision_comment=comment)
    emails.tell_query_decided(query)
    return query


@transaction.atomic
def repeat_query(query: Query, *, by: User) -> Run:
    """Run an approved query again, over the data as they are now; any member may.

    Of two clicks the second is refused, because a run may cost the lab's whole day.
    """
    Query.objects.select_for_update(of=("self",)).get(pk=query.pk)
    permissions.check_repeat_query(query, by)
    return _start_run(query, by=by)


def _start_run(query: Query, *, by: User | None) -> Run:
    from queries.tasks import advance_run  # the task's module reaches this one

    membership = query.organization.memberships.active().filter(user=by).first()
    if membership is None:
        raise Refused(_("The author of this query is no longer a member of this lab."))
    if not query.organization.has_access:
        raise Refused(_("The access of this lab has ended, so nothing can be run."))
    check_query(query)
    run = Run.objects.create(
        organization_id=query.organization_id, membership=membership, query=query
    )
    record("run.queued", by=by, subject=run, organization=query.organization_id)
    nudge(advance_run, run_id=str(run.pk))
    return run


@transaction.atomic
def cancel_run(run: Run, *, by: User) -> Run:
    """End a run for good. A page under way is neither stored nor charged."""
    permissions.check_cancel_run(run, by)
    return end_run(run, RunStatus.CANCELLED, by=by)


def note_download(result: Result, *, by: User, kind: str) -> None:
    """Check that this person may have the file, and record that they took it."""
    permissions.check_download_result(result, by)
    record(
        "result.downloaded",
        by=by,
        subject=result,
        organization=result.organization_id,
        details={"file": kind},
    )
