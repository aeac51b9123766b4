"""What was found before and still holds keeps its date; what changed is found anew."""

import datetime as dt

from applications import actions
from applications.evidence import gather_evidence
from applications.evidence.lifetimes import LIFETIMES
from applications.states import ApplicationStatus as S
from lib.time import now
from programmes.models import Programme
from reviews.models import Evidence
from tests.factories.applications import (
    fill_in,
    institution_named,
    make_application,
    make_draft,
    some_reviewer,
)

DAY = dt.timedelta(days=1)


def row(application, kind, version):
    rows = Evidence.objects.about(application).filter(version=version, kind=kind)
    return rows.order_by("id").first()


def submit_again(application, **changes):
    application.refresh_from_db()
    actions.request_changes(application, by=some_reviewer(), comment="Please say more.")
    fill_in(application, changes)
    return actions.submit_application(application, by=application.applicant)


def test_what_still_holds_keeps_its_date_in_the_next_version(paula, move_clock):
    application = make_application(paula, status=S.SUBMITTED)
    move_clock(10 * DAY)

    submit_again(application)

    for kind in ("email_verified", "institution", "email_domain"):
        first, second = row(application, kind, 1), row(application, kind, 2)
        assert second.asserted_at == first.asserted_at
        assert second.expires_at == first.asserted_at + LIFETIMES[kind]


def test_declarations_are_made_anew_with_each_version(paula, move_clock):
    application = make_application(paula, status=S.SUBMITTED)
    move_clock(10 * DAY)

    submit_again(application)

    assert (
        row(application, "funding", 2).asserted_at
        >= row(application, "funding", 1).asserted_at + 9 * DAY
    )
    assert row(application, "funding", 2).expires_at is None


def test_what_was_found_too_long_ago_is_found_anew(paula, move_clock):
    application = make_application(paula, status=S.SUBMITTED)
    move_clock(200 * DAY)

    items = gather_evidence(application, kinds={"institution", "email_verified"})

    ages = {item.kind: now() - item.asserted_at for item in items}
    assert ages["institution"] < DAY
    assert ages["email_verified"] > 199 * DAY


def test_another_institution_is_looked_at_anew(paula, move_clock):
    application = make_application(paula, status=S.SUBMITTED)
    move_clock(10 * DAY)

    submit_again(application, institution=str(institution_named("ETH Zurich").pk))

    assert now() - row(application, "institution", 2).asserted_at < DAY
    assert now() - row(application, "email_verified", 2).asserted_at > 9 * DAY


def test_a_policy_that_changed_meanwhile_is_not_hidden_behind_an_older_row(paula, move_clock):
    make_application(paula, status=S.DECLINED)
    Programme.objects.update(institution_kinds=["facility"])
    move_clock(10 * DAY)

    (kind, *_others) = gather_evidence(make_draft(paula), kinds={"institution"})

    assert now() - kind.asserted_at < DAY


def test_another_application_of_the_same_person_is_taken_over_and_of_nobody_else(
    paula, olga, move_clock
):
    make_application(paula, status=S.DECLINED)
    move_clock(10 * DAY)

    (own,) = gather_evidence(make_draft(paula), kinds={"email_verified"})
    (hers,) = gather_evidence(make_draft(olga), kinds={"email_verified"})

    assert now() - own.asserted_at > 9 * DAY
    assert now() - hers.asserted_at < DAY
