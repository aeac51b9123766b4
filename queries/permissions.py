"""Who may write, approve and stop queries. `check_…` raises a sentence, `can_…` answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.models import User
from lib.errors import NotAllowed, Refused, allows
from organizations.models import LabLink, Organization, QueryRule
from organizations.permissions import check_lead

if TYPE_CHECKING:
    from queries.models import Query, Result, Run, Share


def check_write_query(organization: Organization, by: User) -> None:
    if not organization.has_member(by):
        raise NotAllowed(_("Only members of this lab may query."))
    if not Organization.objects.open().filter(pk=organization.pk).exists():
        organization.refresh_from_db(fields=["status", "starts_at", "ends_at"])
        raise NotAllowed(
            _("This lab has no access now, so nothing can be queried. %(notice)s")
            % {"notice": organization.access_notice}
        )


def can_write_query(organization: Organization, by: User) -> bool:
    return allows(check_write_query, organization, by)


def check_own_query(query: Query, by: User) -> None:
    check_write_query(query.organization, by)
    if query.membership.user_id != by.pk:
        raise NotAllowed(_("Only the person who wrote this query may submit it."))


def check_approved_by_rule(query: Query, by: User) -> None:
    """A query needs no second look if its lab says so, or if the principal wrote it."""
    check_own_query(query, by)
    rule = query.organization.query_rule
    if rule != QueryRule.EVERY_MEMBER and not query.organization.is_led_by(by):
        raise NotAllowed(_("In this lab the principal researcher approves each query."))


def can_submit_query(query: Query, by: User) -> bool:
    return allows(check_own_query, query, by)


def is_approved_by_rule(query: Query, by: User) -> bool:
    return allows(check_approved_by_rule, query, by)


def check_decide_query(query: Query, by: User) -> None:
    if not query.organization.is_led_by(by):
        raise NotAllowed(_("Only the principal researcher of this lab decides this."))


def can_decide_query(query: Query, by: User) -> bool:
    return allows(check_decide_query, query, by)


def check_repeat_query(query: Query, by: User) -> None:
    from queries.states import QueryStatus  # which is built from the checks of this module

    check_write_query(query.organization, by)
    if query.status != QueryStatus.APPROVED:
        raise Refused(_("Only an approved query can be run."))
    if query.runs.unfinished().filter(membership__user=by).exists():
        raise Refused(_("A run of this query that you started is under way; wait, or cancel it."))


def can_repeat_query(query: Query, by: User) -> bool:
    return allows(check_repeat_query, query, by)


def check_cancel_run(run: Run, by: User | None) -> None:
    """The person who started it, the principal researcher, or Carrel when the access ended."""
    if by is None or run.membership.user_id == by.pk or run.organization.is_led_by(by):
        return
    raise NotAllowed(_("Only the person who started this run or the principal may cancel it."))


def can_cancel_run(run: Run, by: User) -> bool:
    return allows(check_cancel_run, run, by)


def check_download_result(result: Result, by: User) -> None:
    """Reviewing staff see that there is a result; the data are for members of an open lab."""
    if not result.organization.has_member(by):
        raise NotAllowed(_("Only members of this lab may download its results."))
    if not result.organization.has_access:
        raise NotAllowed(_("The access of this lab has ended, and its downloads with it."))


def can_download_result(result: Result, by: User) -> bool:
    return allows(check_download_result, result, by)


def check_share(query: Query, link: LabLink, by: User) -> None:
    """The principal researcher shares, with a linked lab, what both labs are approved for."""
    from queries.states import QueryStatus  # which is built from the checks of this module

    check_lead(query.organization, by)
    if query.organization not in link.labs or link.ended_at is not None:
        raise Refused(_("Your lab is not linked with that lab, or not any more."))
    if query.status != QueryStatus.APPROVED:
        raise Refused(_("Only an approved query and its results can be shared."))
    _check_labs_may_share(query, link)


def check_read_share(share: Share, by: User) -> None:
    """Members of the reading lab, while everything holds that allowed the share."""
    if not share.reader.has_member(by):
        raise NotAllowed(_("Only members of the lab that this is shared with may use it."))
    if share.revoked_at is not None:
        raise NotAllowed(_("This was shared with your lab and is not any more."))
    if share.link.ended_at is not None:
        raise NotAllowed(_("The link between the two labs has ended, and with it what they share."))
    _check_labs_may_share(share.shared_query, share.link)


def can_read_share(share: Share, by: User) -> bool:
    return allows(check_read_share, share, by)


def check_revoke_share(share: Share, by: User) -> None:
    if not any(lab.is_led_by(by) for lab in share.labs):
        raise NotAllowed(_("Only the principal researcher of one of the two labs may do this."))


def can_revoke_share(share: Share, by: User) -> bool:
    return allows(check_revoke_share, share, by)


def _check_labs_may_share(query: Query, link: LabLink) -> None:
    """The policy, the access of both labs, and every part of the query in both scopes."""
    from queries.scope import (
        OutsideScope,
        check_query,
    )  # which loads the models, and they this module

    first, second = link.labs
    for lab in link.labs:
        if not lab.programme.linked_labs_may_share:
            raise NotAllowed(_("The programme does not let linked labs share."))
        if notice := lab.access_notice:
            words = {"lab": lab.name, "notice": notice}
            raise NotAllowed(_("%(lab)s: %(notice)s Nothing can be shared now.") % words)
    if first.programme.corpus != second.programme.corpus:
        raise NotAllowed(_("The two labs have access to different data, so nothing is shared."))
    try:
        check_query(query, first.approved_data & second.approved_data)
    except OutsideScope as refusal:
        words = {"refusal": refusal.sentence}
        sentence = _("Both labs must be approved for all that they share. %(refusal)s")
        raise NotAllowed(sentence % words) from refusal
