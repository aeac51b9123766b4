"""The working-day clock, by examples that can be looked up and by rules that hold for all."""

import datetime as dt

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lib.errors import Refused
from reviews.clock import Calendar, due_at

PLAIN = Calendar.of([])
DUTCH = Calendar.of(["NL"])


def moment(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def end_of(text):
    return moment(f"{text}T23:59:59")


# --- Working days -----------------------------------------------------------------------------


def test_weekends_are_not_worked():
    week = [dt.date(2026, 3, 2) + dt.timedelta(days=n) for n in range(7)]

    assert [PLAIN.is_working_day(day) for day in week] == [True] * 5 + [False] * 2


@pytest.mark.parametrize(
    ("country", "day"),
    [
        ("NL", "2026-04-27"),  # King's Day
        ("DE", "2026-10-03"),
        ("US", "2026-11-26"),  # Thanksgiving
        ("US", "2021-12-31"),  # New Year's Day of 2022, observed in the year before
        ("FR", "2028-07-14"),
        ("IE", "2026-03-17"),
        ("CH", "2026-01-01"),
    ],
)
def test_public_holidays_are_not_worked(country, day):
    assert not Calendar.of([country]).is_working_day(dt.date.fromisoformat(day))


def test_several_countries_add_up_and_a_closed_day_is_one_more():
    both = Calendar.of(["NL", "US"], [dt.date(2026, 8, 12)])

    closed = ["2026-04-27", "2026-11-26", "2026-08-12"]

    assert not any(both.is_working_day(dt.date.fromisoformat(day)) for day in closed)
    assert both.is_working_day(dt.date(2026, 8, 13))


def test_codes_are_taken_as_people_write_them_and_equal_calendars_are_equal():
    assert Calendar.of(["us", " NL "]) == Calendar.of(["NL", "US", "US"])


@pytest.mark.parametrize("code", ["XX", "", "Germany", "NYSE", "UK", "🇩🇪", "__class__", "N\x00L"])
def test_an_unknown_country_is_refused_with_a_sentence(code):
    with pytest.raises(Refused, match=r"No public holidays are known for .*\. Give a country by"):
        Calendar.of(["NL", code])


def test_beyond_the_known_years_weekends_still_count_as_such():
    assert not DUTCH.is_working_day(dt.date(2200, 12, 27))  # a Saturday
    assert DUTCH.is_working_day(dt.date(2200, 12, 25))


# --- Adding and counting ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("started", "days", "due"),
    [
        ("2026-03-02T09:00", 1, "2026-03-03"),
        ("2026-03-06T23:59", 1, "2026-03-09"),  # Friday to Monday
        ("2026-03-07T10:00", 1, "2026-03-09"),  # Saturday to Monday
        ("2026-03-02T00:00", 5, "2026-03-09"),
        ("2026-04-24T12:00", 1, "2026-04-28"),  # over a weekend and King's Day
        ("2028-02-28T12:00", 1, "2028-02-29"),  # a leap day is a day like others
        ("2026-12-24T12:00", 2, "2026-12-29"),  # Christmas is a Friday
        ("2026-03-02T09:00", 0, "2026-03-02"),
        ("2026-03-07T09:00", 0, "2026-03-09"),
    ],
)
def test_due_at_the_end_of_the_nth_working_day(started, days, due):
    assert DUTCH.add_working_days(moment(started), days) == end_of(due)


def test_the_day_of_a_moment_is_its_utc_day():
    eastern = dt.timezone(dt.timedelta(hours=-5))
    late_on_monday = dt.datetime(2026, 3, 2, 22, tzinfo=eastern)  # Tuesday in UTC

    assert PLAIN.add_working_days(late_on_monday, 1) == end_of("2026-03-04")


def test_a_moment_without_a_zone_or_a_negative_number_is_an_error():
    with pytest.raises(ValueError, match="zone"):
        PLAIN.add_working_days(dt.datetime(2026, 3, 2), 1)
    with pytest.raises(ValueError, match="before its start"):
        PLAIN.add_working_days(moment("2026-03-02"), -1)


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        ("2026-03-02", "2026-03-02", 0),
        ("2026-03-02", "2026-03-03", 1),
        ("2026-03-06", "2026-03-08", 0),
        ("2026-03-06", "2026-03-09", 1),
        ("2026-04-24", "2026-04-28", 1),
        ("2026-03-09", "2026-03-02", 0),
    ],
)
def test_working_days_between_leave_out_the_first_and_take_the_last(first, last, count):
    first, last = dt.date.fromisoformat(first), dt.date.fromisoformat(last)

    assert DUTCH.working_days_between(first, last) == count


# --- Pauses and extensions --------------------------------------------------------------------

STARTED = moment("2026-03-02T09:00")  # a Monday


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        ([], "2026-03-09"),
        # A part of a day is the whole of it.
        ([("2026-03-04T10:00", "2026-03-04T10:05")], "2026-03-10"),
        ([("2026-03-04T10:00", "2026-03-05T10:00")], "2026-03-11"),
        # Until midnight: the new day is whole.
        ([("2026-03-04T10:00", "2026-03-05T00:00")], "2026-03-10"),
        ([("2026-03-04T10:00", "2026-03-05T00:01")], "2026-03-11"),
        # No time at all.
        ([("2026-03-04T10:00", "2026-03-04T10:00")], "2026-03-09"),
        # Weekends inside a pause were not counted anyway.
        ([("2026-03-06T18:00", "2026-03-08T18:00")], "2026-03-10"),
        # Two pauses on one day, overlapping ones, and one on the day it began or after it was due.
        (
            [("2026-03-04T10:00", "2026-03-04T11:00"), ("2026-03-04T13:00", "2026-03-04T14:00")],
            "2026-03-10",
        ),
        (
            [("2026-03-04T10:00", "2026-03-06T11:00"), ("2026-03-05T10:00", "2026-03-05T14:00")],
            "2026-03-12",
        ),
        ([("2026-03-02T10:00", "2026-03-02T11:00")], "2026-03-09"),
        ([("2026-03-10T10:00", "2026-03-12T11:00")], "2026-03-09"),
        # On the very day it was due.
        ([("2026-03-09T10:00", "2026-03-09T11:00")], "2026-03-10"),
    ],
)
def test_days_on_which_the_clock_stood_do_not_count(pauses, due):
    spans = [(moment(start), moment(end)) for start, end in pauses]

    assert due_at(STARTED, 5, spans, PLAIN) == end_of(due)


def test_nothing_is_due_while_a_pause_is_open():
    closed = (moment("2026-03-03T10:00"), moment("2026-03-04T10:00"))
    still_open = (moment("2026-03-05T10:00"), None)

    assert due_at(STARTED, 5, [closed, still_open], PLAIN) is None
    assert due_at(STARTED, 5, [still_open], PLAIN, extended_until=end_of("2026-04-01")) is None


@pytest.mark.parametrize(
    ("extended_until", "due"),
    [
        ("2026-03-20", "2026-03-20"),
        ("2026-03-21", "2026-03-23"),  # a Saturday
        ("2026-03-05", "2026-03-09"),  # earlier than it was due anyway
    ],
)
def test_an_extension_moves_the_due_day_later_and_never_earlier(extended_until, due):
    assert due_at(STARTED, 5, [], PLAIN, extended_until=end_of(extended_until)) == end_of(due)


def test_an_extended_day_on_which_the_clock_stood_goes_to_the_next_that_counts():
    pause = (moment("2026-03-19T10:00"), moment("2026-03-24T10:00"))

    found = due_at(STARTED, 5, [pause], PLAIN, extended_until=end_of("2026-03-20"))

    assert found == end_of("2026-03-25")


def test_new_holidays_move_what_is_due():
    closed = Calendar.of([], [dt.date(2026, 3, 5), dt.date(2026, 3, 9)])

    assert due_at(STARTED, 5, [], closed) == end_of("2026-03-11")


# --- What holds for all -----------------------------------------------------------------------

COUNTRIES = ["NL", "DE", "US", "GB", "FR", "SE", "CY", "JP"]
moments = st.datetimes(
    min_value=dt.datetime(1995, 1, 1),
    max_value=dt.datetime(2095, 12, 31),
    timezones=st.just(dt.UTC),
)
targets = st.integers(min_value=0, max_value=60)
calendars = st.builds(
    Calendar.of,
    st.lists(st.sampled_from(COUNTRIES), max_size=3),
    st.lists(st.dates(dt.date(1995, 1, 1), dt.date(2096, 12, 31)), max_size=5),
)
lengths = st.timedeltas(dt.timedelta(0), dt.timedelta(days=40))


@st.composite
def pauses_after(draw, started):
    offsets = draw(st.lists(st.tuples(lengths, lengths), max_size=4))
    return [(started + gap, started + gap + length) for gap, length in offsets]


@given(moments, targets, targets, calendars, st.data())
@settings(max_examples=100, deadline=None)
def test_a_longer_target_is_never_due_earlier(started, one, other, calendar, drawn):
    pauses = drawn.draw(pauses_after(started))
    shorter, longer = sorted([one, other])

    assert due_at(started, shorter, pauses, calendar) <= due_at(started, longer, pauses, calendar)


@given(moments, targets, calendars, st.data())
@settings(max_examples=100, deadline=None)
def test_a_pause_or_an_extension_only_ever_moves_it_later(started, target, calendar, drawn):
    pauses = drawn.draw(pauses_after(started))
    until = started + drawn.draw(lengths)
    plain = due_at(started, target, [], calendar)
    paused = due_at(started, target, pauses, calendar)

    assert plain == calendar.add_working_days(started, target)
    assert plain <= paused <= due_at(started, target, pauses, calendar, extended_until=until)
    if pauses:
        assert due_at(started, target, pauses[1:], calendar) <= paused


@given(moments, targets, calendars, st.data())
@settings(max_examples=100, deadline=None)
def test_it_is_due_on_a_working_day_on_which_the_clock_did_not_stand(
    started, target, calendar, drawn
):
    pauses = drawn.draw(pauses_after(started))
    until = drawn.draw(st.none() | st.just(started + dt.timedelta(days=30)))
    due = due_at(started, target, pauses, calendar, extended_until=until)
    morning = due.replace(hour=0, minute=0, second=0)

    assert calendar.is_working_day(due.date())
    assert not any(start <= due and end > morning for start, end in pauses if end > start)


@given(moments, targets, calendars)
@settings(max_examples=100, deadline=None)
def test_counting_undoes_adding(started, target, calendar):
    assume(target > 0)
    due = calendar.add_working_days(started, target)

    assert calendar.working_days_between(started.date(), due.date()) == target


@given(st.dates(dt.date(1990, 1, 1), dt.date(2150, 12, 31)), calendars)
@settings(max_examples=100, deadline=None)
def test_a_calendar_with_more_countries_never_has_more_working_days(day, calendar):
    wider = Calendar.of([*calendar.countries, "IT"], list(calendar.closed_days))

    assert calendar.is_working_day(day) or not wider.is_working_day(day)
