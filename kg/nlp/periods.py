"""Calendar arithmetic: stretches of days, and how precisely one value can name them. Pure."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # first month, northern
_SPAN_PARTS = {"early": 0, "mid": 1, "late": 2}


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    def value(self) -> str:
        """Return the most precise day, month or year that holds the period, or an empty string."""
        if self.first == self.last:
            return self.first.isoformat()
        if (self.first.year, self.first.month) == (self.last.year, self.last.month):
            return f"{self.first.year:04}-{self.first.month:02}"
        return f"{self.first.year:04}" if self.first.year == self.last.year else ""

    def part(self, name: str) -> "Period":
        """Return the early, mid or late third: of a month ten days each, of a year four months."""
        third = _SPAN_PARTS[name]
        whole_year = (self.first.month, self.first.day, self.last.month) == (1, 1, 12)
        if whole_year and self.first.year == self.last.year:
            start = date(self.first.year, 4 * third + 1, 1)
            return Period(start, month(self.first.year, 4 * third + 4).last)
        days = (self.last - self.first).days + 1
        if days < 3:
            return self
        first = self.first + timedelta(days * third // 3)
        last = self.first + timedelta(days * (third + 1) // 3 - 1)
        return Period(first, self.last if third == 2 else last)


def day(at: date) -> Period:
    """Return the period of one day."""
    return Period(at, at)


def week(at: date, ahead: int = 0) -> Period:
    """Return the week, Monday to Sunday, `ahead` weeks from that of `at`."""
    monday = at - timedelta(at.weekday()) + timedelta(weeks=ahead)
    return Period(monday, monday + timedelta(6))


def weekend(at: date, ahead: int = 0) -> Period:
    """Return Saturday and Sunday of the week `ahead` weeks from that of `at`."""
    sunday = week(at, ahead).last
    return Period(sunday - timedelta(1), sunday)


def month(year: int, number: int) -> Period:
    """Return a month; `number` may lie beyond 1..12 and then counts into other years."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return Period(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]))


def quarter(year: int, number: int) -> Period:
    """Return a quarter; `number` may lie beyond 1..4 and then counts into other years."""
    start = month(year, 3 * number - 2).first
    return Period(start, month(start.year, start.month + 2).last)


def year_of(number: int) -> Period:
    """Return a whole year."""
    return Period(date(number, 1, 1), date(number, 12, 31))


def season(name: str, year: int) -> Period:
    """Return a season of the north; winter begins in December of `year`."""
    start = month(year, SEASONS[name]).first
    return Period(start, month(start.year, start.month + 2).last)


def half(whole: Period, number: int) -> Period:
    """Return the first or second half of a period."""
    if (whole.first.month, whole.last.month) == (1, 12):
        return Period(
            date(whole.first.year, 6 * number - 5, 1), month(whole.first.year, 6 * number).last
        )
    middle = whole.first + (whole.last - whole.first) // 2
    return Period(whole.first, middle) if number == 1 else Period(middle + timedelta(1), whole.last)


def months_from(at: date, number: int) -> date:
    """Return the same day `number` months on (or back), at most the month's last day."""
    there = month(at.year, at.month + number)
    return there.first.replace(day=min(at.day, there.last.day))
