"""What members are told about their queries and runs; one function per message."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from outbox.actions import post_message
from queries.models import Query, Run, Share


def ask_principal(query: Query) -> None:
    """To the principal researcher: a query waits for approval."""
    post_message(
        kind="query_awaits_approval",
        to=query.organization.principal.email,
        subject=_("A query waits for your approval: %(query)s") % {"query": query.name},
        body=_(
            "%(member)s has written the query “%(query)s” in %(lab)s.\n\n"
            "Look at it and decide:\n%(link)s\n"
        )
        % {
            "member": query.membership.name,
            "query": query.name,
            "lab": query.organization.name,
            "link": _link("queries:query", query.organization_id, query.pk),
        },
    )


def tell_query_decided(query: Query) -> None:
    """To the author: the principal researcher has decided."""
    post_message(
        kind="query_decided",
        to=query.membership.email,
        subject=_("%(status)s: %(query)s")
        % {"status": query.get_status_display(), "query": query.name},
        body=_("Your query “%(query)s” in %(lab)s: %(status)s.\n%(comment)s\n\n%(link)s\n")
        % {
            "query": query.name,
            "lab": query.organization.name,
            "status": query.get_status_display(),
            "comment": query.decision_comment,
            "link": _link("queries:query", query.organization_id, query.pk),
        },
    )


def tell_run_succeeded(run: Run) -> None:
    """To whoever started it: the result is there."""
    post_message(
        kind="run_succeeded",
        to=run.membership.email,
        subject=_("Your result is ready: %(query)s") % {"query": run.query.name},
        body=_(
            "The run of “%(query)s” in %(lab)s is complete: %(records)d records in "
            "%(pages)d requests.\n\nDownload it here:\n%(link)s\n"
        )
        % {
            "query": run.query.name,
            "lab": run.organization.name,
            "records": run.record_count,
            "pages": run.page_count,
            "link": _link("queries:run", run.organization_id, run.pk),
        },
    )


def tell_run_failed(run: Run) -> None:
    """To whoever started it: there will be no result, and why."""
    post_message(
        kind="run_failed",
        to=run.membership.email,
        subject=_("Your run failed: %(query)s") % {"query": run.query.name},
        body=_("The run of “%(query)s” in %(lab)s failed.\n%(problem)s\n\n%(link)s\n")
        % {
            "query": run.query.name,
            "lab": run.organization.name,
            "problem": run.problem,
            "link": _link("queries:run", run.organization_id, run.pk),
        },
    )


def tell_shared(share: Share) -> None:
    """To the principal researcher of the lab that may read it from now on."""
    post_message(
        kind="share_made",
        to=share.reader.principal.email,
        subject=_("%(lab)s shares with you: %(query)s")
        % {"lab": share.organization.name, "query": share.shared_query.name},
        body=_(
            "%(name)s of the lab “%(lab)s” lets every member of “%(reader)s” read the query "
            "“%(query)s”.%(what)s\n\nRead it here, or end the share:\n%(link)s\n"
        )
        % {
            "name": share.made_by.name,
            "lab": share.organization.name,
            "reader": share.reader.name,
            "query": share.shared_query.name,
            "what": _(" They may download its result, too.") if share.result else "",
            "link": _link("queries:shared", share.reader_id, share.pk),
        },
    )


def _link(name: str, *ids: object) -> str:
    return settings.PUBLIC_URL + reverse(name, args=ids)
