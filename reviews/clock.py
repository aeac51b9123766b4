"""The working-day clock: when something is due, and what does not count towards it.

Pure functions over dates and moments; nothing here reads the database. All days are UTC days. A
day *counts* when it is a working day and the clock did not stand on it, not even for a part of it;
so whoever has to act is never charged a day that they did not have whole.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import holidays
from django.utils.translation import gettext as _

from lib.errors import Refused

# From and until; a pause without an end is still open.
Pause = tuple[dt.datetime, dt.datetime | None]

_END_OF_DAY = dt.time(23, 59, 59)
_SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """Which days are worked: neither a weekend, nor a public holiday of any of the countries, nor
    a day on which the programme is closed.

    Beyond the years that the list of holidays knows (to 2100) only weekends and closed days are
    left out.
    """

    countries: tuple[str, ...] = ()
    closed_days: frozenset[dt.date] = frozenset()

    @classmethod
    def of(cls, countries: Sequence[str], closed_days: Sequence[dt.date] = ()) -> "Calendar":
        """The calendar of these countries (codes of two letters). Refuses an unknown code."""
        codes = {check_country(code) for code in countries}
        return cls(tuple(sorted(codes)), frozenset(closed_days))

    def is_working_day(self, day: dt.date) -> bool:
        return (
            day.weekday() < _SATURDAY
            and day not in self.closed_days
            and not any(day in _public_holidays(code, day.year) for code in self.countries)
        )

    def add_working_days(self, moment: dt.datetime, days: int) -> dt.datetime:
        """The end of the nth working day after the day of the moment.

        With no days at all it is the end of that day itself, or of the next working day.
        """
        return _nth_day_end(moment, days, self.is_working_day)

    def working_days_between(self, first: dt.date, last: dt.date) -> int:
        """How many working days lie after `first`, up to and with `last`; none if it is earlier.

        So it answers how many days are left until a due day, or how many it is overdue.
        """
        days = (first + dt.timedelta(days=n) for n in range(1, (last - first).days + 1))
        return sum(map(self.is_working_day, days))


def check_country(code: str) -> str:
    """The code as the list of holidays has it. Refuses what it does not know."""
    written = code.strip().upper()
    if written in _known_countries():
        return written
    problem = _(
        "No public holidays are known for %(code)r. Give a country by its two letters, such as "
        "NL or US, and add other days on which you are closed one by one."
    )
    raise Refused(problem % {"code": code})


def due_at(
    started: dt.datetime,
    target_days: int,
    pauses: Sequence[Pause],
    calendar: Calendar,
    extended_until: dt.datetime | None = None,
) -> dt.datetime | None:
    """When what began at `started` is due: the end of the day on which `target_days` have counted.

    None while a pause is open: nobody can say how long it will last, and nothing is late
    meanwhile. Ask again when it ends, and for all that is open when the holidays change.

    An extension is a promise of a day: the due day is the later of the two, and if that is not a
    day that counts, the next one that does. A pause that begins after the extension was granted
    does not move the promised day, unless it reaches it.
    """
    spans = [_days_of(pause) for pause in pauses]
    if any(last is None for _first, last in spans):
        return None
    stood = [(first, last) for first, last in spans if last is not None]

    def counts(day: dt.date) -> bool:
        return calendar.is_working_day(day) and not any(a <= day <= b for a, b in stood)

    due = _nth_day_end(started, target_days, counts)
    if extended_until is None:
        return due
    return max(due, _nth_day_end(extended_until, 0, counts))


def _days_of(pause: Pause) -> tuple[dt.date, dt.date | None]:
    """The first and last day touched. A pause that ends at midnight leaves the new day whole, and
    one that ends as it begins touches none."""
    start, end = pause
    if end is None:
        return _day_of(start), None
    if end <= start:
        return dt.date.max, dt.date.min
    return _day_of(start), _day_of(end - dt.timedelta.resolution)


def _nth_day_end(
    moment: dt.datetime, number: int, counts: Callable[[dt.date], bool]
) -> dt.datetime:
    """The end of the nth day that counts after that of the moment; for 0, of the first from it."""
    if number < 0:
        raise ValueError(f"a due day cannot lie {-number} days before its start")
    first = _day_of(moment) + dt.timedelta(days=1 if number else 0)
    counted = filter(counts, _days_from(first))
    for _passed in range(number - 1):
        next(counted)
    return dt.datetime.combine(next(counted), _END_OF_DAY, dt.UTC)


def _days_from(day: dt.date) -> Iterator[dt.date]:
    while True:
        yield day
        day += dt.timedelta(days=1)


def _day_of(moment: dt.datetime) -> dt.date:
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone lies on no certain day")
    return moment.astimezone(dt.UTC).date()


@lru_cache(maxsize=1)
def _known_countries() -> frozenset[str]:
    return frozenset(holidays.list_supported_countries(include_aliases=False))


# One year is filled before it is seen by anybody: the library's own objects grow while they are
# read, and a second thread would find a year that is not filled yet.
@lru_cache(maxsize=4_096)
def _public_holidays(country: str, year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays(country, years=year))
