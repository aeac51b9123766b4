"""The queue: what is in it, in which order, and what is left out."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from applications.states import ApplicationStatus as S
from tests.factories.applications import make_application, make_draft
from tests.factories.people import make_user
from tests.staff.conftest import text, tie


def test_the_desk_opens_on_the_queue(desk):
    assert desk.client.get("/staff/").url == reverse("staff:applications")


def test_the_queue_shows_what_is_open_the_one_due_first_on_top(desk, paula, olga, carl):
    make_application(paula, status=S.SUBMITTED, project_title="Second title")
    first = make_application(olga, status=S.SUBMITTED, project_title="First title")
    first.due_at -= dt.timedelta(days=60)
    first.save()
    make_draft(carl, project_title="A hidden draft")

    page = text(desk.queue())

    assert page.index("First title") < page.index("Second title")
    assert page.count('status-red">Overdue') == 1
    assert "A hidden draft" not in page


def test_decided_applications_have_a_list_of_their_own(desk, paula, olga):
    make_application(paula, status=S.DECLINED, project_title="Said no to")
    make_application(olga, status=S.SUBMITTED, project_title="Still open")

    page = text(desk.queue(show="decided"))

    assert "Said no to" in page
    assert "Still open" not in page


def test_the_queue_asks_the_database_as_often_for_many_as_for_one(
    desk, paula, olga, django_assert_num_queries
):
    make_application(paula, status=S.SUBMITTED)
    with CaptureQueriesContext(connection) as with_one:
        desk.queue()
    make_application(olga, status=S.SUBMITTED)

    with django_assert_num_queries(len(with_one)):
        desk.queue()


@pytest.mark.parametrize("show", ["open", "decided"])
def test_the_queue_leaves_out_what_the_reviewer_takes_part_in(desk, rita, paula, olga, show):
    status = S.SUBMITTED if show == "open" else S.DECLINED
    make_application(rita, status=status, project_title="Her own")
    tied = make_application(paula, status=status, project_title="A tie to her")
    make_application(olga, status=status, project_title="Not hers")
    tie(rita, tied)

    page = text(desk.queue(show=show))

    assert "Not hers" in page
    assert "Her own" not in page
    assert "A tie to her" not in page


def test_a_reviewer_who_was_deactivated_finds_nothing(client, db):
    gone = make_user("gone@carrel.test", role=Role.REVIEWER)
    client.force_login(gone)
    gone.is_active = False
    gone.save()

    page = client.get(reverse("staff:applications"))

    assert page.status_code == 302
    assert page.url.startswith("/accounts/login/")
