"""Labs, members and clients, made by the actions that people use."""

import datetime as dt

from accounts.models import User
from accounts.roles import Role
from institutions.models import Institution
from lib.time import now
from organizations import actions
from programmes.actions import ensure_reason_codes
from programmes.models import Programme, Terms
from programmes.scope import parse_scope
from tests.factories.people import make_user

LIMITS = {"requests": "research_requests_limit", "records": "research_records_limit"}


def make_organization(
    principal,
    *,
    institution=None,
    programme=None,
    collaborators=(),
    name="Lab",
    scope=None,
    conditions="",
    **limits,
):
    """A lab let in by a reviewer. `requests=5, records=300` give it a programme of its own.

    `scope` is what it is approved for, as JSON. Any other keyword is a field of that programme,
    such as `collaborators_limit` or `invitation_days`.
    """
    moment = now()
    return actions.create_organization(
        programme=make_programme(**limits) if limits else programme or Programme.objects.default(),
        institution=institution or institution_of(principal),
        name=name,
        summary="What this lab studies.",
        principal=principal,
        starts_at=moment,
        ends_at=moment + dt.timedelta(days=365),
        collaborators=collaborators,
        by=staff_reviewer(),
        scope=parse_scope(scope),
        conditions=conditions,
    )


def make_programme(**limits):
    """A copy of the default programme and its terms with other limits."""
    programme = Programme.objects.default()
    programme.pk = Programme().pk
    programme.slug = f"programme-{programme.pk}"
    for name, value in limits.items():
        setattr(programme, LIMITS.get(name, name), value)
    programme.save(force_insert=True)
    for terms in Programme.objects.default().terms.all():
        terms.pk, terms.programme = Terms().pk, programme
        terms.save(force_insert=True)
    ensure_reason_codes()
    return programme


def make_member(organization, user):
    """Propose, clear and accept: an active collaborator."""
    membership = make_invited(organization, user)
    return actions.accept_invitation(membership, by=user)


def make_invited(organization, user):
    """Propose and clear: somebody who has yet to answer the invitation."""
    return actions.clear_membership(make_proposed(organization, user), by=staff_reviewer())


def make_proposed(organization, user):
    """Proposed by the principal researcher and under review."""
    return actions.propose_collaborator(
        organization,
        email=user.email,
        name=user.name,
        expertise="Communication science",
        by=organization.principal.user,
    )


def change_scope(organization, scope):
    """What an operator does who approves the lab for more or for less; `scope` is JSON."""
    operator = User.objects.filter(email="operator.of.scopes@carrel.test").first()
    operator = operator or make_user("operator.of.scopes@carrel.test", role=Role.OPERATOR)
    return actions.change_scope(
        organization, parse_scope(scope), by=operator, reason="The project has changed."
    )


def make_client(membership):
    """A client of the member and its secret."""
    return actions.issue_client(membership, by=membership.user)


def staff_reviewer():
    """Somebody of the staff who belongs to no lab."""
    email = "reviewing.staff@platform.test"
    return User.objects.filter(email=email).first() or make_user(email, role=Role.REVIEWER)


def institution_of(person):
    """The institution that owns the person's e-mail domain, else any."""
    domain = person.email.rpartition("@")[2]
    owners = (one for one in Institution.objects.all() if one.owns_domain(domain))
    return next(owners, None) or Institution.objects.first()
