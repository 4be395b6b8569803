"""The forms in which English news writes dates, as regular expressions. Offsets, no meaning.

Words may be in any case at a sentence's start; `May` and `March` are months only in capitals.
Every repetition is bounded, so that no text takes long.
"""

import re

from kg.ingest.months import MONTHS as MONTHS
from kg.nlp.numerals import WORDS

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("monday mon", "tuesday tues tue", "wednesday wed", "thursday thurs thur thu",
         "friday fri", "saturday sat", "sunday sun")
    )
    for name in names.split()
}  # fmt: skip
HOLIDAYS = {
    "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24),
    "boxing day": (12, 26), "new year's eve": (12, 31), "new year's day": (1, 1),
    "new year": (1, 1), "the new year": (1, 1),
}  # fmt: skip
ORDINALS = {
    word: number
    for number, words in enumerate(("first 1st", "second 2nd", "third 3rd", "fourth 4th"), start=1)
    for word in words.split()
}
UNITS = ("hour", "day", "week", "fortnight", "month", "year", "decade")

MONTH = (
    r"(?:(?i:january|february|april|june|july|august|september|october|november|december)"
    r"|March|MARCH|May|MAY"
    r"|(?:Jan|JAN|Feb|FEB|Mar|MAR|Apr|APR|Jun|JUN|Jul|JUL|Aug|AUG|Sept?|SEPT?|Oct|OCT|Nov|NOV"
    r"|Dec|DEC)\b\.?)"
)
_FULL_MONTH = (
    r"(?:(?i:january|february|april|june|july|august|september|october|november|december)"
    r"|March|MARCH|May|MAY|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.)"
)
WEEKDAY = r"(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_WEEKDAY_LEAD = rf"(?:(?P<wd>{WEEKDAY}|(?:Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun)\b\.?)(?: the|,)? )?"
DAY = (
    r"(?:first(?= of )|0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
    r"(?![\d:]|,\d{3}|\.\d| ?(?:%|percent|per cent))"
)
YEAR = r"(?:1[89]|20)\d\d(?!\d|,\d{3}|\.\d|%| ?(?:GMT|UTC|hours|hrs)\b)"
_RELATIVE_YEAR = (
    r"(?:of )?(?P<rely>next|last|this|the following|the coming|that same|the same|that) year"
)
_YEAR_TAIL = rf"(?:,? (?:of |in )?(?P<y>{YEAR})\b|,? {_RELATIVE_YEAR}\b)?"
_TO = r"(?: ?[-\u2013\u2014/] ?| to | and | through | until | or )"
NUMBER = (
    rf"(?P<n>\d{{1,4}}(?![\d.,]\d)|(?:a |the )?(?:couple|few)(?: of)?|(?i:{WORDS})"
    r"|half a|(?i:an?)|several|dozen)"
)
_UNIT = r"(?P<unit>hour|day|week|fortnight|month|year|decade)"
_PART = (
    r"(?:(?P<part>(?i:early|mid|late|earlier|later))(?: in | |-)"
    r"|(?P<part2>(?i:end|beginning|start|middle|close|turn|(?:first|second) half))"
    r"(?: of |-(?=[A-Z])))"
)
_RELATION = (
    r"(?i:last|this past|this coming|this|next|the coming|the past|the current|the previous"
    r"|the following|the next|the last|coming|past|previous|following|current|upcoming"
    r"|the same|that same|that)"
)
_STRETCH = r"(?:week(?!end)|weekend|month|year|quarter|decade|spring|summer|autumn|fall|winter)"

NUMERIC = re.compile(
    r"(?<![\d./-])(?:"
    r"(?P<y>(?:1[89]|20)\d\d)(?P<s>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=s)(?P<d>0[1-9]|[12]\d|3[01]|[1-9])"
    r"|(?P<a>\d{1,2})(?P<s2>[./-])(?P<b>\d{1,2})(?P=s2)(?P<y2>(?:1[89]|20)\d\d))(?![\d/-]|\.\d)"
)
MONTH_DAY = re.compile(
    rf"\b{_WEEKDAY_LEAD}(?P<m>{MONTH}) (?:the )?(?P<d>{DAY})"
    rf"(?:{_TO}(?:(?P<m2>{MONTH}) )?(?P<d2>{DAY}))?(?: \({WEEKDAY}\))?{_YEAR_TAIL}"
    rf"(?![\w])"
)
DAY_MONTH = re.compile(
    rf"(?<![\d.,$\u20ac\u00a3-])\b{_WEEKDAY_LEAD}(?P<d>{DAY})(?:{_TO}(?P<d2>{DAY}))?"
    rf"(?: of|-)? ?(?P<m>{MONTH})"
    rf"(?:{_TO}(?P<d3>{DAY}) (?P<m3>{MONTH}))?{_YEAR_TAIL}(?!\w)"
)
PERIOD = re.compile(
    rf"(?:\b(?:(?i:the) )?{_PART})?(?:\b(?P<the>(?i:the) ))?(?:"
    rf"(?:(?P<relm>{_RELATION}) )?\b(?P<m>{_FULL_MONTH})(?! (?:the )?[0-3]?\d(?:st|nd|rd|th)?\b)"
    rf"{_YEAR_TAIL}"
    rf"|\b(?P<yy>{YEAR})"
    rf"|\b(?P<rel>{_RELATION}) (?P<stretch>{_STRETCH})"
    rf"|\b(?P<plain>(?i:week(?!end)|month|year|quarter|day|weekend|spring|summer|autumn|fall|winter|decade))"
    rf"(?:(?: of|,)? (?P<py>{YEAR}))?"
    rf")(?!\w|-\w)"
)
QUARTER = re.compile(
    rf"\b(?:(?P<q>(?i:first|second|third|fourth|1st|2nd|3rd|4th)) quarter|Q(?P<qn>[1-4]))"
    rf"(?:(?: of| in)? (?:(?P<y>{YEAR})|(?P<rely>this|last|next|the) year))?\b"
)
YEARS_END = re.compile(
    r"\b(?i:(?P<unit>year|month|week)(?:'s |-| )end(?!\w)|end of (?P<unit2>year|month|week)\b)"
)
WEEKDAYS_RANGE = re.compile(
    rf"\b(?:(?P<rel>{_RELATION}|a week on) )?(?P<w>{WEEKDAY})"
    rf"(?:(?: to | through | until |-|\u2013| and )(?P<w2>{WEEKDAY}))?"
    rf"(?P<tail>(?: (?i:last|next|this) week| week)\b)?(?!\w)"
)
NEAR_DAY = re.compile(
    r"\b(?P<word>(?i:the day before yesterday|the day after tomorrow|yesterday|today|tomorrow"
    r"|tonight|last night|this (?:morning|afternoon|evening)|later in the day|earlier in the day"
    r"|(?:the|that) same (?-i:[A-Z][a-z]+ )?(?:day|morning|afternoon|evening|night)"
    r"|that (?:day|morning|afternoon|evening|night)|within (?:a few )?hours"
    r"|(?:(?:a few|several|some|just|only) )?hours later|later (?:that|the same) day"
    r"|the (?:previous|following|next) (?:day|week|month|year|morning|afternoon|evening|night)"
    r"|the day (?:before|after)))(?!\w)"
)
AGO = re.compile(
    rf"\b(?:(?P<about>(?i:about|around|some|almost|nearly|more than|over|less than)) )?{NUMBER} "
    rf"{_UNIT}s? (?P<way>ago|earlier|later|before(?= *(?:[^\s\w'’]|$|and |but |in |at |with |when |by ))"
    rf"|after that|prior(?! to))(?!\w)"
)
WITHIN = re.compile(
    rf"\b(?P<lead>(?i:within|inside|in the next|over the next|for the next|in the coming"
    rf"|over the coming|during the next|in no more than|in less than|in under|no more than|in))"
    rf" (?:a period of |the |the next |the coming )?{NUMBER}[ -]{_UNIT}s?"
    rf"(?P<time>'s? time)?(?![\w-])"
)
RECENT = re.compile(
    rf"\b(?P<lead>(?i:in|over|during|for|within)) the (?i:last|past|previous) "
    rf"(?:(?:{NUMBER}) )?{_UNIT}s?(?!\w)"
)
ALLOWED = re.compile(
    rf"\b(?i:give|gives|gave|given|giving|has|have|had|having|grant|granted|got|get|allowed|left)"
    rf"(?: [\w'\u2019.-]{{1,20}},?){{0,14}}? (?P<core>(?:just |only |up to |until )?{NUMBER} {_UNIT}s?)"
    rf"(?= (?:to(?! go (?:before|until|till))|in which to|from|starting)\b)"
)
GIVEN = re.compile(
    rf"\b(?i:give|gives|gave|given|giving|grant|grants|granted|granting|allowed|allowing)"
    rf" (?:(?:him|her|them|each|both|all|the (?:\w{{1,20}} )?\w{{1,20}}) )?"
    rf"(?P<core>(?:just |only |up to |no more than )?{NUMBER} {_UNIT}s?)(?=[.,;:!?)]|$| and\b| notice\b)"
)
GRANTED = re.compile(
    rf"\b(?i:with)(?: (?:just|only|less than|no more than|up to))?"
    rf" (?P<core>{NUMBER} {_UNIT}s?)(?= (?:to(?! go\b)|in which to|for them to)\b)"
)
NOTICE = re.compile(
    rf"\b(?P<core>{NUMBER}[ -]{_UNIT}s?(?:'s?)?)"
    r" (?i:deadline|ultimatum|notice|grace period|window)\b"
)
NTH = re.compile(
    r"\b(?:the )(?P<d>(?:[12]?1st|[12]?2nd|[12]?3rd|[4-9]th|1\dth|2[04-9]th|30th|31st))"
    r"(?= ?(?:[.,;:)!?]|$)"
    r"| (?:and|but|when|while|after|at|that|this|of (?P<of>this|next|last|the) month"
    r"|he|she|it|they|we|you|I|who|which|where|in|to|with|from|for|by|as|because|over|against)\b)"
    r"(?: of (?:this|next|last|the) month)?"
)
YEAR_RANGE = re.compile(
    rf"\b(?:from )?(?:(?P<between>between) )?(?P<y>{YEAR})"
    rf"(?: ?[-\u2013] ?| to | through | until |(?(between) and |(?!)))"
    rf"(?P<y2>{YEAR}|\d\d(?![\w.,-]))(?!\w)"
)
DECADE = re.compile(
    r"\b(?:(?P<part>(?i:early|mid|late))[- ])?(?:the (?:(?P<part2>early|mid|late)[- ])?)?"
    r"(?:(?P<c>1[89]\d|20\d)0'?s|'(?P<c2>[2-9])0s)(?!\w)"
)
SEASON = re.compile(
    rf"\b(?i:(?P<season>spring|summer|autumn|fall|winter))(?:,? of| in|,)? (?P<y>{YEAR})\b"
)
HOLIDAY = re.compile(
    r"\b(?P<h>Christmas(?: Day| Eve)?|Boxing Day|New Year(?:['\u2019]s (?:Eve|Day)))(?!\w|-)"
    rf"(?:,? (?P<y>{YEAR}))?"
)
WEEK_OF = re.compile(
    rf"\b(?i:the )?week (?:of|beginning|starting) (?P<m>{MONTH}) (?P<d>{DAY})(?!\w)"
)
# What stands before a date and changes how it is meant.
_HOUR = (
    r"(?:(?:noon|midnight|midday|dawn|dusk|sunset|sunrise|nightfall|close of business|the end of"
    r"|the evening|the morning|early|late"
    r"|\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?|\d{1,2} ?[ap]\.?m\.?|\d{1,2} o['\u2019]clock|\d{4})"
    r"(?: (?:\w{1,12} time|GMT|UTC|CET|hours|hrs))?(?:,? (?:on|of))?)"
)
LEAD = re.compile(
    r"(?:^|[\s(\"\u2014\u2013-])(?P<lead>(?i:no later than|not later than|on or before"
    r"|effective(?: from| on)?|with effect from|as of"
    r"|by|before|prior to|ahead of|over"
    r"|until|till|up to|up until|through|after|following|since|ever since|about|around|circa"
    r"|within|as|from|in|on|during|of|for|to|between|and|at|early|late|mid|the|an?|its|their|his|her))"
    rf"(?: (?:the|about|around|at))?(?: {_HOUR})?[ \u00a0-]?(?:the )?\Z"
)
# Words before a date that lies behind the writer.
BEHIND = re.compile(
    r"\b(?:back (?:to|on|in)|dat(?:es|ed|ing) (?:from|to)|since|ever since)(?: the)? ?\Z"
)
SCHEDULED = re.compile(
    r"\b(?:set|scheduled|slated|planned|due|expected|postponed|delayed|deferred|booked|invited"
    r"|summoned|due back"
    r"|start|begin|open|close|expire|resume|convene)s? (?:for|on|in|from|to)(?: the)? ?\Z"
)
TENSE = re.compile(
    r"\b(?:(?P<ahead>(?i:will|'ll|would|shall|to|going|due|scheduled|expected|must|should|may|might|can"
    r"|could|plans?|planned|upcoming|ahead|set|vows?|vowed))|(?P<past>(?i:said|says|told|was|were|had|has|did|met|held"
    r"|took|gave|came|went|made|left|sent|called|began|saw|spoke|wrote|withdrew|threw|shut|cut|broke|put|\w{2,20}ed)))\b"
)
