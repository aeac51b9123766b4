"""The queue: what is in it, in which order, and what is left out."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from applications.models import Application
from applications.states import ApplicationStatus as S
from lib.errors import NotAllowed, Refused
from lib.time import now
from reviews.desk import save_view
from reviews.models import SavedView
from staff.paging import count_up_to
from tests.factories.applications import begin_reviews, make_application, make_draft
from tests.factories.people import make_user
from tests.staff.conftest import text, tie


def test_the_desk_opens_on_the_queue(desk):
    assert desk.client.get("/staff/").url == reverse("staff:applications")


def test_the_queue_shows_what_is_open_the_one_due_first_on_top(desk, paula, olga, carl):
    make_application(paula, status=S.SUBMITTED, project_title="Second title")
    first = make_application(olga, status=S.SUBMITTED, project_title="First title")
    first.due_at -= dt.timedelta(days=60)
    first.save()
    Application.objects.update(owner=None)
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


def titles(page):
    return [row.title for row in page.context["rows"]]


@pytest.fixture
def four(paula, olga, carl, rita):
    """One of each: in screening, in review with Rita, with the applicant, a red one to screen."""
    anna = make_user("anna@ethz.ch", name="Anna Ångström")
    screened = make_application(paula, status=S.SUBMITTED, project_title="Screened elections")
    reviewed = make_application(olga, status=S.SUBMITTED, project_title="Reviewed floods")
    begin_reviews(reviewed, rita)
    make_application(carl, status=S.CHANGES_REQUESTED, project_title="Answering")
    red = make_application(anna, status=S.SUBMITTED, project_title="Zürich votes")
    Application.objects.filter(pk=red.pk).update(colour="RED", country_code="CH")
    Application.objects.filter(pk__in=[screened.pk, red.pk]).update(owner=None)
    return screened, reviewed, red


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"stage": "IN_REVIEW"}, {"Reviewed floods"}),
        ({"who": "mine"}, {"Reviewed floods"}),
        ({"who": "none"}, {"Screened elections", "Zürich votes"}),
        ({"colour": "RED"}, {"Zürich votes"}),
        ({"country": "CH"}, {"Zürich votes"}),
        ({"country": "NL", "who": "none"}, {"Screened elections"}),
        ({"resubmitted": "on"}, set()),
        ({"show": "applicant"}, {"Answering"}),
        ({"q": "zurich"}, {"Zürich votes"}),
        ({"q": "Zuerich"}, {"Zürich votes"}),
        ({"q": "angstr"}, {"Zürich votes"}),
        ({"q": "anna@ethz.ch"}, {"Zürich votes"}),
        ({"q": "amsterdam floods"}, {"Reviewed floods"}),
        ({"q": "flo'ods"}, set()),
        ({"q": "' | & ! :* \\"}, {"Screened elections", "Reviewed floods", "Zürich votes"}),
        ({"stage": "no such"}, {"Screened elections", "Reviewed floods", "Zürich votes"}),
        ({"q": "\x00"}, {"Screened elections", "Reviewed floods", "Zürich votes"}),
    ],
)
def test_filters_and_search_narrow_the_list(desk, four, query, expected):
    assert set(titles(desk.queue(**query))) == expected


def test_overdue_finds_what_is_late(desk, four):
    Application.objects.filter(pk=four[0].pk).update(due_at=now() - dt.timedelta(days=1))

    assert titles(desk.queue(overdue="on")) == ["Screened elections"]


def test_a_tie_hides_a_file_from_search_and_count_as_well(desk, four, rita):
    tie(rita, four[2])

    page = desk.queue(q="zurich")

    assert titles(page) == []
    assert page.context["count"] == 0


def test_what_waits_for_the_reader_stands_on_top(desk, four, oscars_desk):
    assert [row.title for row in desk.queue().context["waiting"]] == ["Reviewed floods"]
    assert "Waiting for you" not in text(oscars_desk.queue())


def test_pages_go_on_where_the_last_one_ended_both_ways(desk, four, monkeypatch, olga):
    monkeypatch.setattr("staff.paging.read_page.__kwdefaults__", {"size": 1})
    first = desk.queue()
    second = desk.queue(after=str(first.context["page"].after))
    third = desk.queue(after=str(second.context["page"].after))
    back = desk.queue(before=str(third.context["page"].before))

    assert [*titles(first), *titles(second), *titles(third)] == [
        "Screened elections",
        "Reviewed floods",
        "Zürich votes",
    ]
    assert first.context["page"].before is None
    assert third.context["page"].after is None
    assert titles(back) == titles(second)


@pytest.mark.parametrize("place", ["x", "~", "2026-01-01~", "\x00", "2026-13-01~abc", "1" * 5000])
def test_odd_places_show_the_first_page(desk, four, place):
    assert len(titles(desk.queue(after=place))) == 3
    assert len(titles(desk.queue(before=place, show="decided"))) == 0


def test_the_count_ends_at_a_hundred(desk, four):
    assert count_up_to(Application.objects.all(), by_due_date=True, most=2) == 3
    assert "3 applications" in text(desk.queue())


def test_a_view_is_kept_used_and_deleted(desk, four, rita):
    sent = {"name": "Red Swiss", "query_string": "colour=RED&country=CH&after=x&evil=1"}
    page = desk.client.post(reverse("staff:save_view"), sent, follow=True)

    view = SavedView.objects.get(owner=rita)
    assert view.query_string == "colour=RED&country=CH"
    assert titles(page) == ["Zürich votes"]
    assert "Red Swiss" in text(desk.queue())

    desk.client.post(reverse("staff:delete_view", args=[view.pk]))

    assert not SavedView.objects.exists()


def test_nobody_finds_anothers_view(desk, oscars_desk, rita):
    view = save_view(name="Mine", query_string="", by=rita)

    oscars_desk.queue()
    page = oscars_desk.client.post(reverse("staff:delete_view", args=[view.pk]))

    assert page.status_code == 404


def test_a_view_without_a_name_is_refused_with_a_sentence(desk):
    page = desk.client.post(reverse("staff:save_view"), {"name": ""}, follow=True)

    assert "Give the view a name" in text(page)


def test_there_are_at_most_twenty_views(rita, paula):
    for number in range(20):
        save_view(name=f"View {number}", query_string="", by=rita)

    with pytest.raises(Refused, match="20 views already"):
        save_view(name="One more", query_string="", by=rita)
    assert save_view(name="View 3", query_string="colour=RED", by=rita).query_string
    with pytest.raises(NotAllowed):
        save_view(name="Not staff", query_string="", by=paula)


def test_the_worst_colour_and_the_country_are_noted_when_evidence_is_recorded(paula):
    application = make_application(paula, status=S.SUBMITTED, is_funded="yes", funding_source="EU")

    application.refresh_from_db()

    assert application.country_code == "NL"
    assert application.colour in ("YELLOW", "RED")
