"""The public figures on how long applications take."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.urls import reverse

from applications.models import Application
from applications.states import ApplicationStatus as S
from applications.waiting import ahead_of, waiting_times
from lib.time import now
from programmes.models import Programme
from reviews.models import Decision, Outcome, Pause
from tests.factories.applications import make_application
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


def decided(days_ago, waited_days, *, number, paused_days=0):
    """An application that was decided so long ago, after so many days."""
    application = make_application(make_user(f"person{number}@uva.nl"), status=S.SUBMITTED)
    end = now() - dt.timedelta(days=days_ago)
    start = end - dt.timedelta(days=waited_days)
    decision = Decision(outcome=Outcome.APPROVED, decided_by=application.applicant)
    decision.name_subject(application)
    decision.save()
    Decision.objects.filter(pk=decision.pk).update(created_at=end)
    Application.objects.filter(pk=application.pk).update(submitted_at=start, status=S.WITHDRAWN)
    if paused_days:
        pause = Pause(started_at=start, ended_at=start + dt.timedelta(days=paused_days))
        pause.name_subject(application)
        pause.save()
    return application


def measure(what, measures):
    return next(each for each in measures if each.what == what)


def test_the_median_and_the_ninetieth_percentile_are_of_all_decisions_of_the_quarter():
    for number, waited in enumerate([7, 14, 21, 28, 35]):
        decided(3, waited, number=number)

    times = waiting_times(Programme.objects.default())

    all_days = measure("ALL_DAYS", times.last_90_days)
    assert (all_days.count, all_days.median) == (5, 21)
    assert all_days.ninetieth == pytest.approx(32.2)


def test_weekends_and_the_time_the_applicant_took_are_not_the_staffs_days():
    for number in range(5):
        decided(0, 14, number=number, paused_days=6)

    times = waiting_times(Programme.objects.default())

    working = measure("WORKING_DAYS", times.last_90_days)
    assert working.median < 10
    assert working.median >= 4


def test_fewer_than_five_decisions_are_not_shown_not_even_their_number(client):
    for number in range(4):
        decided(3, 10, number=number)

    times = waiting_times(Programme.objects.default())

    assert all(each.count is None and each.median is None for each in times.last_90_days)
    page = client.get(reverse("applications:waiting"))
    assert page.status_code == 200
    assert "fewer than 5" in page.content.decode()


def test_what_was_decided_before_the_quarter_counts_for_the_year_only():
    for number in range(5):
        decided(120, 10, number=number)

    times = waiting_times(Programme.objects.default())

    assert measure("ALL_DAYS", times.last_90_days).count is None
    assert measure("ALL_DAYS", times.last_year).count == 5


def test_the_queue_is_counted_with_the_age_of_its_oldest(client, paula):
    application = make_application(paula, status=S.SUBMITTED)
    Application.objects.filter(pk=application.pk).update(submitted_at=now() - dt.timedelta(days=9))

    answer = client.get(reverse("applications:waiting_json")).json()

    figures = answer["programmes"][0]
    assert (figures["queue_length"], figures["oldest_days"]) == (1, 9)


def test_those_due_earlier_are_ahead(paula, olga):
    first = make_application(paula, status=S.SUBMITTED)
    second = make_application(olga, status=S.SUBMITTED)
    Application.objects.filter(pk=first.pk).update(due_at=second.due_at - dt.timedelta(days=1))

    assert ahead_of(second) == 1
