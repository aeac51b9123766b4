"""Access runs from the later of the approval and the earliest start, for the length asked for."""

import datetime as dt

import pytest

from applications.period import asked_period

APPROVED = dt.datetime(2027, 3, 10, 15, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("answers", "first", "last"),
    [
        ({"starts_on": "2027-04-01", "access_days": 30}, "2027-04-01", "2027-04-30"),
        ({"starts_on": "2027-01-01", "access_days": 30}, "2027-03-10", "2027-04-08"),
        ({"starts_on": "2027-03-10", "access_days": 1}, "2027-03-10", "2027-03-10"),
        ({"access_days": 30}, "2027-03-10", "2027-04-08"),
        # As the first form asked: a first and a last day.
        ({"starts_on": "2027-04-01", "ends_on": "2027-04-30"}, "2027-04-01", "2027-04-30"),
        ({"starts_on": "2027-01-01", "ends_on": "2027-01-30"}, "2027-03-10", "2027-04-08"),
    ],
)
def test_the_length_is_kept_whatever_the_review_took(answers, first, last):
    starts_at, ends_at = asked_period(answers).runs_from(APPROVED)

    assert starts_at.date().isoformat() == first
    assert starts_at >= APPROVED
    assert (ends_at - dt.timedelta.resolution).date().isoformat() == last
    assert ends_at.time() == dt.time()
