"""Days on which a reviewer is asked nothing new."""

import datetime as dt

import pytest

from audit.models import Entry
from lib.errors import NotAllowed, Refused
from lib.time import today
from reviews.actions import end_absence, set_absence
from reviews.models import Absence


def days(first, last):
    return {
        "first_date": today() + dt.timedelta(days=first),
        "last_date": today() + dt.timedelta(days=last),
    }


@pytest.mark.parametrize("who", ["rita", "oscar"])
def test_the_reviewer_or_an_operator_sets_it_and_that_is_on_record(request, rita, oscar, who):
    by = request.getfixturevalue(who)

    set_absence(rita, **days(0, 5), by=by)

    assert Entry.objects.get(event="absence.set").actor_id == by.pk


def test_nobody_else_sets_it(rita, paula):
    with pytest.raises(NotAllowed, match="Only an operator"):
        set_absence(rita, **days(0, 5), by=paula)


def test_who_does_not_review_has_none(paula, oscar):
    with pytest.raises(Refused, match="Only reviewers"):
        set_absence(paula, **days(0, 5), by=oscar)


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [(3, 2, "lies before the first"), (-5, -1, "have passed"), (0, 367, "at most a year")],
)
def test_odd_days_are_refused(rita, first, last, sentence):
    with pytest.raises(Refused, match=sentence):
        set_absence(rita, **days(first, last), by=rita)


def test_an_absence_that_lies_ahead_goes_and_one_that_began_ends_yesterday(rita):
    ahead = set_absence(rita, **days(3, 5), by=rita)
    end_absence(ahead, by=rita)
    assert not Absence.objects.exists()

    begun = set_absence(rita, **days(-3, 5), by=rita)
    end_absence(begun, by=rita)

    assert Absence.objects.get().last_date == today() - dt.timedelta(days=1)


def test_an_absence_that_began_today_is_gone_when_it_ends_today(rita):
    end_absence(set_absence(rita, **days(0, 5), by=rita), by=rita)

    assert not Absence.objects.exists()
