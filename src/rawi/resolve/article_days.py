"""Give events the days that the article tells elsewhere than in their own clause.

1. An act of speech has the day of its speaker's other acts, of the speech, or of the press occasion.
2. What is said or done at a meeting told before (خلال اللقاء، على هامش القمة) has its day, and so has what came later.
3. An incident told of again with its day (ووقع الحادث أمس) is the act of force told before.
4. What the headline tells is told in the lead, and has its day.
"""

from __future__ import annotations

import datetime
from typing import TypeGuard

from rawi.extract.occurrences import speech_acts
from rawi.extract.time_words import TimeMention
from rawi.extract.timing import is_aside, is_invitation, is_occasion, own_times, owner_of
from rawi.lexicon.compiled import Compiled
from rawi.model import EventDate
from rawi.resolve.actors import ActorDraft
from rawi.resolve.dates import resolve_time
from rawi.resolve.drafts import EventDraft
from rawi.syntax.clauses import read_clause
from rawi.syntax.sentence import Sentence

# Where things are said.
_press = frozenset(
    ("بيان", "تصريح", "تصريحات", "ندوه", "موتمر", "كلمه", "خطاب", "مقابله", "حوار", "تدوينه", "تغريده", "حديث")
)
# Acts of force between the same parties, told in other words.
_force = frozenset(("ASSAULT", "PROTEST", "COERCE"))
_lead = 2  # the sentences that tell the news
_edges = ("قبل", "بعد", "حتي", "منذ")
# How what happened is named again: وقع الحادث، حدث ذلك.
_happened = frozenset(("وقع", "وقعت", "حصل", "حصلت", "حدث", "حدثت", "جد", "جدت", "جري", "جرت"))
_incidents = frozenset(
    ("الحادث", "الحادثه", "الواقعه", "الحوادث", "الاحداث", "العمليه", "الاعتداء", "الهجوم", "الجريمه")
)
_begins = frozenset(("بدا", "بدات", "يبدا", "تبدا", "سيبدا", "ستبدا", "انطلقت", "تنطلق", "ستنطلق", "يستهل"))
_meetings = frozenset((
    "الزياره", "الجوله", "الاجتماع", "الاجتماعات", "اجتماعات", "الموتمر", "القمه", "المحادثات", "المباحثات", "زيارته", "جولته",
))  # fmt: skip
# How a meeting told before is named when it is told what was said or done there.
_during = frozenset(("خلال", "اثناء", "عقب", "هامش", "ختام", "مستهل", "بعد", "اثر"))
_during_it = frozenset(("خلاله", "خلالها", "عقبه", "عقبها", "هامشه", "هامشها", "اثناءه", "اثناءها"))
_known_meetings = frozenset((
    "اللقاء", "الاجتماع", "القمه", "المحادثات", "المباحثات", "الجلسه", "المقابله", "الاتصال", "المكالمه", "الزياره", "المشاورات",
))  # fmt: skip
_at_meetings = frozenset(("CONSULT", "AGREE", "SUPPORT", "COOPERATE"))
_pointers = frozenset(("هذا", "هذه", "ذلك", "تلك"))
_came = frozenset(("جاء", "وجاء", "جاءت", "وجاءت", "ياتي", "وياتي", "تاتي", "وتاتي"))
_said = frozenset(("ذلك", "هذا", "كلام", "حديث", "تصريح", "تصريحات", "اعلان", "تاكيد", "هذه"))
_issued = frozenset(("صدر", "اصدر", "اصدرت", "اصدروا", "نشر", "نشرت"))


class _SpeechDays:
    """The days on which the article says that somebody spoke: by actor, by sentence, and the only one there is."""

    def __init__(
        self,
        events: list[EventDraft],
        spoken: list[tuple[ActorDraft | None, Sentence, int]],
        published: datetime.date | None,
    ) -> None:
        self.by_actor: dict[int, str] = {}
        self.by_sentence: dict[int, str] = {}
        self.speakers: list[ActorDraft] = []
        days: set[str] = set()
        for event in events:
            if event.type in speech_acts and event.status == "occurred" and _has_day(event.date):
                days.add(event.date.value)
                self.speakers += event.actors
                for actor in event.actors:
                    self.by_actor.setdefault(actor.id, event.date.value)
        for source, sentence, k in spoken:
            at = sentence.chunks[k].i
            mention = next((m for m in sentence.times if m.i == at), None)
            value = resolve_time(mention, published, planned=False) if isinstance(mention, TimeMention) else None
            if value is not None and len(value) == 10 and (published is None or value <= published.isoformat()):
                days.add(value)
                self.by_sentence.setdefault(sentence.index, value)
                if source is not None:
                    self.speakers.append(source)
                    self.by_actor.setdefault(source.id, value)
        self.only = days.pop() if len(days) == 1 else None
        speaking = [a for e in events if e.type in speech_acts and e.status == "occurred" for a in e.actors]
        speaking += [a for a, _, _ in spoken if a is not None and a.sector != "JRN"]
        sides = {(a.country, a.sector) if a.country else a.id for a in speaking}
        self.one_side = len(sides) == 1

    def day_of_side(self, actors: list[ActorDraft]) -> str | None:
        """Return the only day of speech, if only one side speaks or it is told of the same side."""
        return self.only if self.one_side or any(_alike(a, b) for a in actors for b in self.speakers) else None


def date_speech(
    events: list[EventDraft],
    spoken: list[tuple[ActorDraft | None, Sentence, int]],
    dateline: str | None,
    published: datetime.date | None,
) -> None:
    """Give an undated act of speech its day.

    In this order: the day of the actor's other acts of speech, the day on which the actor is said to have spoken, the
    day of speech in its sentence, the only day of speech in the article, the day of the dateline.
    """
    _date_at_meetings(events)
    known = _SpeechDays(events, spoken, published)
    for event in events:
        sentence, on = event.occurrence.sentence, event.occurrence.on
        speech = event.type in speech_acts and event.mode != "investigate" and event.status in ("occurred", "negated")
        occasion = event.type == "CONSULT" and event.status == "occurred" and is_occasion(sentence, on)
        if event.date is not None or not (speech or occasion) or is_invitation(sentence, on, event.occurrence.sense):
            continue
        day = next((known.by_actor[a.id] for a in event.actors if a.id in known.by_actor), None)
        if day is None and (occasion or not is_aside(sentence, on)):
            day = known.by_sentence.get(sentence.index)
            day = day or (known.only if sentence.title else known.day_of_side(event.actors)) or dateline
        if day is not None:
            event.date = EventDate(day)
    _date_again(events)
    _date_force(events)


def _date_at_meetings(events: list[EventDraft]) -> None:
    """Give what was said or agreed at a meeting, and what is told to have come later, the day told before."""
    met = last = ""
    for event in events:
        occurrence = event.occurrence
        if event.date is None and event.status == "occurred":
            day = ""
            told_there = event.type in speech_acts or event.type in _at_meetings
            if met and told_there and _at_the_meeting(occurrence.sentence):
                day = met
            elif last and _later(occurrence.sentence):
                day = last
            if day and not is_aside(occurrence.sentence, occurrence.on):
                event.date = EventDate(day)
        elif _has_day(event.date) and event.status == "occurred":
            last = event.date.value
            if event.type == "CONSULT":
                met = last


def _at_the_meeting(sentence: Sentence) -> bool:
    """عقب اللقاء، على هامش القمة، خلاله: whether a sentence tells what came of a meeting that was named before."""
    tokens = sentence.tokens
    return any(
        t.form.removeprefix("و") in _during_it
        or (t.form.removeprefix("و") in _during and i + 1 < len(tokens) and tokens[i + 1].form in _known_meetings)
        for i, t in enumerate(tokens)
    )


def _later(sentence: Sentence) -> bool:
    """وفي وقت لاحق، ولاحقا: whether a sentence begins with a word for later on the same day."""
    forms = [t.form for t in sentence.tokens[:4]]
    return forms[:1] in (["لاحقا"], ["ولاحقا"]) or (forms[1:3] == ["وقت", "لاحق"] and forms[0] in ("في", "وفي"))


def _date_again(events: list[EventDraft]) -> None:
    """A headline, or a definite noun, that tells again of the only dated event of its type has its day."""
    days: dict[str, set[str]] = {}
    for event in events:
        if event.status == "occurred" and _has_day(event.date):
            days.setdefault(event.type, set()).add(event.date.value)
    for event in events:
        sentence, on = event.occurrence.sentence, event.occurrence.on
        if event.date is None and len(days.get(event.type, ())) == 1 and event.status == "occurred":
            chunk = sentence.chunks[on]
            if sentence.title or (chunk.kind == "np" and chunk.definite):
                event.date = EventDate(next(iter(days[event.type])))


def _date_force(events: list[EventDraft], *, surely: bool = False) -> None:
    """Acts of force between the same parties are of one day, told in other words; ``surely`` asks for both parties."""
    force = [e for e in events if e.type in _force and e.status == "occurred"]
    dated = [(e, e.date.value) for e in force if _has_day(e.date)]
    for event in force:
        if event.date is not None:
            continue
        days: set[str] = set()
        for other, day in dated:
            if day not in days and _parties_met(event, other, surely=surely):
                days.add(day)
        if len(days) == 1:
            event.date = EventDate(days.pop())
            dated.append((event, event.date.value))


def _parties_met(a: EventDraft, b: EventDraft, *, surely: bool) -> bool:
    """Whether two events are between the same parties; ``surely``: in the same roles, one of them beyond doubt."""
    if surely:
        return any(x in b.actors + b.recipients for x in a.actors + a.recipients) and all(
            any(_alike(x, y) for x in mine for y in other)
            for mine, other in ((a.actors, b.actors), (a.recipients, b.recipients))
        )
    here, there = [*a.actors, *a.recipients], [*b.actors, *b.recipients]
    met = sum(any(x is y or (x.country is not None and x.country == y.country) for y in there) for x in here)
    return met >= 2 or (met == 1 and a.type == b.type and a.sense_id == b.sense_id)


def _has_day(date: EventDate | None) -> TypeGuard[EventDate]:
    """Whether a date is one day, not a month or a span of days."""
    return date is not None and len(date.value) == 10


def _alike(a: ActorDraft, b: ActorDraft) -> bool:
    return a is b or (a.country is not None and a.country == b.country and a.sector == b.sector)


def tells_again(sentence: Sentence) -> bool:
    """ووقع الحادث، وحدث ذلك: whether a sentence begins with an incident that happened."""
    forms = [t.form for t in sentence.tokens[:4]]
    if not forms or forms[0].removeprefix("و") not in _happened:
        return False
    named = [form for form in forms[1:] if form not in _pointers]
    return forms[1:2] == ["ذلك"] or (bool(named) and named[0] in _incidents)


def date_incidents(events: list[EventDraft], sentences: list[Sentence], published: datetime.date | None) -> None:
    """ووقع الحادث مساء السبت: the day belongs to the act of force told last before."""
    for sentence in sentences:
        if not tells_again(sentence):
            continue
        days = _days_told(sentence, published)
        before = [e for e in events if e.type in _force and e.occurrence.sentence.index < sentence.index]
        if days and before and before[-1].date is None and before[-1].status in ("occurred", "ongoing"):
            before[-1].date = EventDate(days[0][1])


def _days_told(sentence: Sentence, published: datetime.date | None) -> list[tuple[int, str]]:
    """The time chunks of a sentence that tell a day gone by, with the day."""
    mentions = {m.i: m for m in sentence.times if isinstance(m, TimeMention)}
    out: list[tuple[int, str]] = []
    for m, chunk in enumerate(sentence.chunks):
        mention = mentions.get(chunk.i) if chunk.kind == "time" else None
        if mention is None or mention.relative or mention.prep or chunk.prep in _edges:
            continue
        value = resolve_time(mention, published, planned=False)
        if value is not None and len(value) == 10 and (published is None or value <= published.isoformat()):
            out.append((m, value))
    return out


def date_headlines(
    events: list[EventDraft], sentences: list[Sentence], published: datetime.date | None, lexicon: Compiled
) -> None:
    """Give what a headline tells the day on which the body names it again, or else the only day that the lead names."""
    _date_force(events, surely=True)
    for event in events:
        chunk = event.occurrence.sentence.chunks[event.occurrence.on]
        known = event.headline or (chunk.definite and event.occurrence.sentence.index <= _lead)
        if event.date is None and known and chunk.kind == "np":
            event.date = _named_again(event, events, sentences, published, lexicon)
    lead = next((s for s in sentences if not s.title and s.chunks), None)
    if lead is not None and published is not None:
        _date_by_lead(events, lead, published)


def _date_by_lead(events: list[EventDraft], lead: Sentence, published: datetime.date) -> None:
    """Give what a headline tells the only day of the lead; the day of a speech there is no act's of another kind."""
    days = _days_told(lead, published)
    if len({value for _, value in days}) != 1:
        return
    m, value = days[0]
    if (published - datetime.date.fromisoformat(value)).days > 7:
        return
    owner = owner_of(lead, m).verb
    if owner >= 0 and read_clause(lead, owner).left_kind == "rel":
        return  # أدانت المجزرة التي ارتكبها الجيش أمس
    speech = owner >= 0 and bool(lead.chunks[owner].cues)
    for event in events:
        if event.date is None and event.status == "occurred" and event.headline:
            if not speech or event.type in speech_acts:
                event.date = EventDate(value)


def last_days(events: list[EventDraft], sentences: list[Sentence]) -> None:
    """يبدأ غدا زيارة تستغرق يومين: a meeting or visit that begins on a day and has a length ends on another."""
    for event in events:
        date, told = event.date, event.occurrence.sentence
        if event.type not in ("CONSULT", "MOBILIZE") or not _has_day(date) or _is_anothers(told, event):
            continue
        begins = _says(told, _begins)
        reach = told.index + (2 if event.headline else 1)
        for sentence in sentences[told.index : reach + 1]:
            begins = begins or (event.headline and _says(sentence, _begins))
            if begins and sentence.lengths and (sentence is told or _says(sentence, _meetings)):
                last = datetime.date.fromisoformat(date.value) + datetime.timedelta(days=sentence.lengths[0][1] - 1)
                event.date = EventDate(f"{date.value}/{last.isoformat()}", date.text, date.span)
                break


def _is_anothers(sentence: Sentence, event: EventDraft) -> bool:
    """بدأ مناورات تستمر ثلاثة أيام ردا على اجتماع: whether a length is that of another event noun of the sentence."""
    chunks = sentence.chunks
    if not sentence.lengths or chunks[event.occurrence.on].kind != "np":
        return False
    at = sentence.lengths[0][0]
    nouns = [k for k, c in enumerate(chunks) if c.i < at and c.kind == "np" and c.senses and not c.parties]
    return bool(nouns) and nouns[-1] != event.occurrence.on


def _says(sentence: Sentence, forms: frozenset[str]) -> bool:
    return any(t.form in forms or t.form.lstrip("و") in forms for t in sentence.tokens)


def _named_again(
    event: EventDraft, events: list[EventDraft], sentences: list[Sentence], published: datetime.date | None,
    lexicon: Compiled,
) -> EventDate | None:  # fmt: skip
    """وبدأت أمس اجتماعات الجولة الثالثة: the day of a headline's noun where the body names it without a party."""
    told = {(e.occurrence.sentence.index, e.occurrence.on) for e in events if e is not event}
    planned = event.status in ("planned", "possible", "negated")
    for sentence in [s for s in sentences if not s.title][:4]:
        mentions = {m.i: m for m in sentence.times if isinstance(m, TimeMention)}
        for k, chunk in enumerate(sentence.chunks):
            if chunk.kind != "np" or (sentence.index, k) in told:
                continue
            sense = next((lexicon.senses[n] for n in chunk.senses if lexicon.senses[n].id == event.sense_id), None)
            if sense is None:
                continue
            for m in own_times(sentence, lexicon, k, sense):
                mention = mentions.get(sentence.chunks[m].i)
                if mention is None or mention.relative or mention.prep or sentence.chunks[m].prep in _edges:
                    continue
                value = resolve_time(mention, published, planned=planned)
                if value is not None and (planned or published is None or value[:10] <= published.isoformat()):
                    return EventDate(value)
    return None


def dateline_day(sentences: list[Sentence], published: datetime.date | None) -> str | None:
    """Return the day of a report's speech: that of its dateline (a full date in the first lines), else of its only press occasion."""
    for sentence in sentences[:3]:
        for mention in sentence.times:
            if (
                isinstance(mention, TimeMention)
                and mention.day
                and mention.month
                and mention.year
                and len(sentence.tokens) < 24
            ):
                value = resolve_time(mention, None, planned=False)
                if value is not None and published is not None and value == published.isoformat():
                    return value
    days: set[str] = set()
    for sentence in sentences:
        for mention in sentence.times:
            if isinstance(mention, TimeMention) and _at_the_press(sentence, mention):
                value = resolve_time(mention, published, planned=False)
                if value is not None and len(value) == 10:
                    days.add(value)
    return days.pop() if len(days) == 1 else None


def _at_the_press(sentence: Sentence, mention: TimeMention) -> bool:
    """في مؤتمر صحفي عقده أمس، جاء ذلك في حوار اليوم، صدر أمس بيان: whether a time tells when a statement was made."""
    tokens = sentence.tokens
    following = tokens[mention.j].form if mention.j < len(tokens) else ""
    if following in _press and tokens[mention.i - 1].form.removeprefix("و") in _issued:
        return True
    if len(tokens) > 1 and tokens[0].form in _came and tokens[1].form in _said:
        between = (t.form for t in tokens[2 : mention.i])
        return all(form not in '.؛:"' and form not in ("بعد", "قبل", "حيث", "التي", "الذي") for form in between)
    for i in range(mention.i - 1, max(-1, mention.i - 8), -1):
        form = sentence.tokens[i].form
        if form in '.؛:«"':
            return False
        if form.lstrip("ولب") in _press or form in _press:
            return True
    return False
