"""The months' names, full and cut, in one place for dates in metadata, in prose and on pages."""

NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# Every form that news writes, in small letters and without its full stop -> the month's number.
MONTHS = {
    form: number
    for number, name in enumerate(NAMES, start=1)
    for form in (name.casefold(), name[:3].casefold())
} | {"sept": 9}
