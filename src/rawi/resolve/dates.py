"""Give time expressions their dates against the day of the report.

1. A bare weekday is the last such day up to the report; if the event is planned, the next one from it.
2. A day and month without a year lie within half a year of the report, before it unless planned or shifted.
3. Codes count in days, weeks, months or years; the date has the grain of the unit.
4. A weekday that contradicts the date beside it is reported as a warning; the written date is kept.
"""

from __future__ import annotations

import datetime
import re

from rawi.extract.time_words import TimeMention
from rawi.extract.timing import head_prep, next_to, owner_of, passes
from rawi.model import Article, EventDate, Notice
from rawi.resolve.drafts import EventDraft
from rawi.syntax.sentence import Sentence
from rawi.text.fold import Folded

_code = re.compile(r"(@?)([DWMYQCH])([+-]?\d+)(?::(\w+))?(~?)$")


def date_of_report(
    article: Article, folded: Folded, sentences: list[Sentence], warnings: list[Notice]
) -> datetime.date | None:
    """Return the day the report counts from: its publication date, else a full date in its first lines (the dateline)."""
    if article.published:
        try:
            return _day_written(datetime.date.fromisoformat(article.published[:10]), sentences)
        except ValueError:
            warnings.append(
                Notice(
                    "bad-date",
                    f"the publication date {article.published!r} is not a date; relative dates are left open",
                )
            )
    for sentence in sentences[:3]:
        for mention in sentence.times:
            if isinstance(mention, TimeMention) and mention.day and mention.month and mention.year:
                value = resolve_time(mention, None, planned=False)
                if value is not None and len(value) == 10:
                    span = _span(folded, sentence, mention)
                    warnings.append(
                        Notice(
                            "date-from-text", f"no publication date was given; {value} was taken from the text", span
                        )
                    )
                    return datetime.date.fromisoformat(value)
    if any(sentence.times for sentence in sentences):
        warnings.append(
            Notice("no-date", "no publication date was given and the text has none; relative dates are left open")
        )
    return None


def _day_written(published: datetime.date, sentences: list[Sentence]) -> datetime.date:
    """اليوم (الاثنين) in a report printed on Tuesday: the day its words count from, where all its weekdays say so."""
    back: set[int] = set()
    for sentence in sentences:
        for mention in sentence.times:
            if (
                isinstance(mention, TimeMention)
                and mention.weekday is not None
                and mention.code
                and mention.day is None
            ):
                value = _single(mention.code, published)
                if value is not None and len(value) == 10:
                    back.add((datetime.date.fromisoformat(value).weekday() - mention.weekday) % 7)
    step = back.pop() if len(back) == 1 else 0
    return published - datetime.timedelta(days=step) if step <= 2 else published


def date_event(
    event: EventDraft, folded: Folded, published: datetime.date | None, warnings: list[Notice]
) -> EventDate | None:
    """Return the date of an event from the time expressions that belong to its trigger; a day to come makes a fact a plan."""
    occurrence = event.occurrence
    sentence = occurrence.sentence
    mentions = {m.i: m for m in sentence.times if isinstance(m, TimeMention)}
    if not mentions:
        return None
    chunks = sentence.chunks
    perfect = chunks[occurrence.on].verb is not None and chunks[occurrence.on].verb.tense == "perfect"  # type: ignore[union-attr]
    for m in occurrence.own_times:
        mention = mentions.get(chunks[m].i)
        if mention is None or mention.relative:
            continue
        prep = chunks[m].prep or mention.prep
        if chunks[m].prep in ("قبل", "بعد", "حتي") and not passes(sentence, m):
            continue
        if mention.prep == "بعد" and event.status not in ("planned", "possible"):
            continue
        ahead = event.status == "planned" or (event.status == "possible" and not perfect)
        ahead = ahead or (
            event.status == "negated" and event.type == "CONSULT" and not perfect
        )  # تأجيل زيارته يوم الأحد
        value = resolve_time(mention, published, planned=ahead and not _of_decision(sentence, occurrence.on, m))
        if value is None:
            continue
        span = _span(folded, sentence, mention)
        step = next_to.get(head_prep(chunks, occurrence.on), 0) if m < occurrence.on else 0
        if step and len(value) == 10:
            value = (datetime.date.fromisoformat(value) + datetime.timedelta(days=step)).isoformat()
        value, span = _two_days(folded, sentence, mention, value, span, published, event.status)
        if published is not None:
            if prep == "منذ":
                if event.status == "ongoing":
                    value = _until_now(value, published)
                elif not mention.prep:
                    continue
            elif event.status in ("occurred", "ongoing") and value[:10] > published.isoformat()[: len(value[:10])]:
                if perfect:
                    continue
                event.status = "planned"
                event.rules.append("day_to_come")
            if event.status in ("occurred", "ongoing"):
                value = _not_after(value, published)
        if weekday_conflict(mention, value):
            warnings.append(
                Notice(
                    "weekday-conflict", f"{folded.given[span[0] : span[1]]!r}: {value} is another day of the week", span
                )
            )
        return EventDate(value, folded.given[span[0] : span[1]], span)
    return None


def _of_decision(sentence: Sentence, on: int, m: int) -> bool:
    """قررت الحكومة، الأحد، إغلاق المعبر: whether a weekday is that of the perfect over what is planned."""
    chunks = sentence.chunks
    timed = owner_of(sentence, m)
    verb = chunks[timed.verb].verb if timed.verb >= 0 else None
    before = 0 <= timed.verb < m < on and timed.noun < 0
    return before and verb is not None and verb.tense == "perfect" and chunks[on].kind == "np"


def _not_after(value: str, published: datetime.date) -> str:
    """هذا الأسبوع of what has happened ends with the report."""
    first, _, last = value.partition("/")
    today = published.isoformat()
    return f"{first}/{today}" if len(last) == 10 and first < today < last else value


def _until_now(value: str, published: datetime.date) -> str:
    """منذ: from then until the report, at the grain of the beginning."""
    first = value.partition("/")[0]
    last = published.isoformat()[: len(first)]
    return f"{first}/{last}" if last != first else first


def _two_days(
    folded: Folded, sentence: Sentence, mention: TimeMention, value: str, span: tuple[int, int],
    published: datetime.date | None, status: str,
) -> tuple[str, tuple[int, int]]:  # fmt: skip
    """ليل الجمعة السبت، الجمعة والسبت، بين سبتمبر ويناير: two days or months side by side are an interval."""
    if mention.code is not None and mention.code != "year":
        return value, span
    days = mention.weekday is not None
    following = next(
        (m for m in sentence.times if isinstance(m, TimeMention) and mention.j <= m.i <= mention.j + 1), None
    )
    if following is None or (following.weekday is None) == days or following.code not in (None, "year"):
        return value, span
    if not days and not (
        mention.day is None
        and following.day is None
        and mention.month
        and following.month
        and _between(sentence, mention, following)
    ):
        return value, span
    second = resolve_time(following, published, planned=status in ("planned", "possible"))
    if second is None or second <= value or len(second) != len(value):
        return value, span
    return f"{value}/{second}", (span[0], _span(folded, sentence, following)[1])


def _between(sentence: Sentence, first: TimeMention, second: TimeMention) -> bool:
    before, link = sentence.tokens[first.i - 1].form if first.i else "", sentence.tokens[first.j].form
    return (before == "بين" and sentence.tokens[second.i].form.startswith("و")) or (
        before in ("من", "منذ") and link in ("الي", "حتي", "وحتي")
    )


def _span(folded: Folded, sentence: Sentence, mention: TimeMention) -> tuple[int, int]:
    return folded.span(sentence.tokens[mention.i].start, sentence.tokens[mention.j - 1].stop)


def resolve_time(mention: TimeMention, published: datetime.date | None, *, planned: bool) -> str | None:
    """Return ISO 8601 (day, month, year or interval) or None where the text gives no date."""
    if mention.hijri:
        return _hijri(mention, published)
    if mention.month is not None:
        value = _month_day(mention, published, planned)
        return (
            f"{value}/{value[:8]}{mention.last:02d}"
            if value is not None and mention.last is not None and len(value) == 10
            else value
        )
    if mention.year is not None:
        return f"{mention.year:04d}"
    if published is None:
        return None
    if mention.code is not None:
        return _from_code(mention, published)
    if mention.weekday is not None:
        return _weekday(mention.weekday, mention.shift, published, planned).isoformat()
    return None


def weekday_conflict(mention: TimeMention, value: str | None) -> bool:
    """Say whether a full date in the text falls on another weekday than the one written beside it."""
    if mention.weekday is None or value is None or len(value) != 10 or mention.month is None or mention.day is None:
        return False
    return datetime.date.fromisoformat(value).weekday() != mention.weekday


def _weekday(weekday: int, shift: int | None, published: datetime.date, planned: bool) -> datetime.date:
    back = (published.weekday() - weekday) % 7
    if shift == -1:
        return published - datetime.timedelta(days=back or 7)
    if shift == 1:
        return published + datetime.timedelta(days=(7 - back) if back else 7)
    if planned:
        return published + datetime.timedelta(days=(7 - back) % 7)
    return published - datetime.timedelta(days=back)


def _month_day(mention: TimeMention, published: datetime.date | None, planned: bool) -> str | None:
    month, day, year = mention.month, mention.day, mention.year
    assert month is not None
    if year is None:
        if published is None:
            return None
        year = published.year
        if mention.code == "year" and mention.shift is not None:
            year += mention.shift
        else:
            probe = (month, day or 15)
            today = (published.month, published.day)
            if mention.shift == 1:
                year += probe < today
            elif mention.shift == -1:
                year -= probe > today
            elif mention.shift is None and not planned:
                year -= (month - published.month) > (1 if day is None else 3)
            elif planned and (published.month - month) > 3:
                year += 1
    if day is None:
        return f"{year:04d}-{month:02d}"
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return f"{year:04d}-{month:02d}"


def _from_code(mention: TimeMention, published: datetime.date) -> str | None:
    code = mention.code or ""
    if mention.day is not None and code.startswith("M"):
        month = _single(code, published)
        try:
            return datetime.date.fromisoformat(f"{month}-{mention.day:02d}").isoformat()
        except ValueError:
            return month
    if "/" in code:
        first, _, second = code.partition("/")
        a, b = _single(first, published), _single(second, published)
        return f"{a}/{b}" if a and b and a != b else a
    value = _single(code, published)
    if mention.weekday is not None and value is not None and len(value) == 10:
        written = datetime.date.fromisoformat(value)
        if written.weekday() != mention.weekday:
            # "اليوم الأربعاء" in a report printed on Thursday: the weekday says when it was written
            back = (written.weekday() - mention.weekday) % 7
            if back <= 2:
                return (written - datetime.timedelta(days=back)).isoformat()
    return value


def _single(code: str, published: datetime.date) -> str | None:
    if code.isdecimal():
        return code
    match = _code.match(code)
    if match is None or match.group(1):
        return None
    unit, shift = match.group(2), int(match.group(3))
    if match.group(5):
        return None
    if unit == "D":
        return (published + datetime.timedelta(days=shift)).isoformat()
    if unit == "W":
        start = published - datetime.timedelta(days=published.weekday()) + datetime.timedelta(weeks=shift)
        return f"{start.isoformat()}/{(start + datetime.timedelta(days=6)).isoformat()}"
    if unit == "M":
        month = published.year * 12 + published.month - 1 + shift
        return f"{month // 12:04d}-{month % 12 + 1:02d}"
    if unit == "Y":
        return f"{published.year + shift:04d}"
    return None


def _hijri(mention: TimeMention, published: datetime.date | None) -> str | None:
    if mention.month is None or (mention.year is None and (mention.day is None or published is None)):
        return None
    from hijridate import Gregorian, Hijri

    try:
        if mention.year is None:
            assert mention.day is not None
            assert published is not None
            year = Gregorian.fromdate(published).to_hijri().year
            near = [Hijri(year + n, mention.month, mention.day).to_gregorian() for n in (-1, 0, 1)]
            day = min(near, key=lambda d: abs((datetime.date(d.year, d.month, d.day) - published).days))
        elif mention.day is None:
            first = Hijri(mention.year, mention.month, 1).to_gregorian()
            return f"{first.year:04d}-{first.month:02d}"
        else:
            day = Hijri(mention.year, mention.month, mention.day).to_gregorian()
        return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"
    except (ValueError, OverflowError):
        return None
