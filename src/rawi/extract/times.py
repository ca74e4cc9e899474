"""Find time expressions in the tokens of a sentence; what they mean against a day is for ``resolve.dates``.

1. Whole expressions of the lexicon come first (أمس، الأسبوع الماضي), longest first, with a weekday or a bracketed
   weekday after them.
2. A weekday stands with or without يوم or a part of the day, and may be shifted (الماضي، المقبل).
3. A day number or ordinal, a month of any family (two names of one month joined by / or brackets), a year.
4. A month with شهر, a year or a shift; a year after عام, سنة or في; numeric dates; قبل/منذ/بعد with a quantity.
5. Hijri days are read and kept apart; beside a Gregorian date they say the same.
6. Two days of one month make a span (يومي 26 و27 مايو); so does a row of units (للشهر الرابع على التوالي).
"""

from __future__ import annotations

from rawi.extract.time_dates import DateReader
from rawi.extract.time_words import TimeMention
from rawi.lexicon.compile import end
from rawi.lexicon.compiled import Compiled
from rawi.syntax.sentence import Sentence

# Words after which اليوم is the length of a day (على مدار اليوم).
_all_through = frozenset(("مدار", "مدي", "طوال", "طيله", "بقيه", "باقي", "معظم", "نصف"))
# Words before the length of what is on or to come.
_lasting = frozenset(
    ("تستغرق", "يستغرق", "ستستغرق", "تستمر", "يستمر", "ستستمر", "سيستمر", "تدوم", "يدوم", "لمده", "مدتها", "مدته")
)
# Words before a holiday that speak of the feast and not of the day.
_feasted = frozenset(("بمناسبه", "مناسبه", "بحلول", "حلول", "احتفالات", "صلاه", "خطبه", "عطله", "اجازه"))
# Words after which a year stands alone (في 2019، منذ 2019).
_before_year = frozenset((
    "في", "منذ", "حتي", "من", "قبل", "بعد", "نهايه", "بدايه", "مطلع", "اواخر", "اوائل", "خلال", "منتصف", "اواسط",
    "شتاء", "ربيع", "صيف", "خريف",
))  # fmt: skip


class TimeReader(DateReader):
    """Finds times with one lexicon."""

    def __init__(self, lexicon: Compiled) -> None:
        super().__init__(lexicon)
        self.ambiguous_days = set(lexicon.words.get("ambiguous_weekdays", ()))

    def find(self, sentence: Sentence) -> list[TimeMention]:
        """Return the time expressions of a sentence, left to right, without overlap."""
        found: list[TimeMention] = []
        i = 0
        size = len(sentence.tokens)
        while i < size:
            mention = self._at(sentence, i) if self._may_begin(sentence, i) else None
            if mention is not None:
                found.append(mention)
                i = mention.j
            else:
                i += 1
        return found

    def _may_begin(self, sentence: Sentence, i: int) -> bool:
        word = sentence.words[i]
        return word is not None and word.time

    def _at(self, sentence: Sentence, i: int) -> TimeMention | None:
        for rule in (
            self._numeric,
            self._days,
            self._row,
            self._passing,
            self._day_month,
            self._part_of_day,
            self._hours,
            self._code,
            self._weekday,
            self._month,
            self._quantity,
            self._year,
        ):
            mention = rule(sentence, i)
            if mention is not None:
                return mention
        return None

    # -- rules ---------------------------------------------------------------------------------------------------------

    def _code(self, sentence: Sentence, i: int) -> TimeMention | None:
        match = self._match(sentence, i, {"code"}, proclitic=True)
        if match is None or match[2] == "now":
            return None
        j, _, code = match
        first = self._form(sentence, i)
        if first == "اليوم" and j == i + 1 and self._form(sentence, i - 1) in _all_through:
            return None
        if "-" in code and code[-5:-3].isdecimal():  # a holiday
            if first[:1] in "بل" or self._form(sentence, i - 1) in _feasted:
                return None
            return TimeMention(i, j, month=int(code[-5:-3]), day=int(code[-2:]), hijri=code.startswith("hijri"))
        inside = first if first in ("منذ", "بعد", "قبل") and code[-1].isdecimal() else ""
        if inside == "بعد" and self._form(sentence, i + 1) in ("غد", "الغد"):
            inside = ""
        relative = bool(inside) and self._form(sentence, j) in ("من", "علي")
        weekday, j2 = self._trailing_weekday(sentence, j)
        date = self._day_month(sentence, j2) or (
            self._day_month(sentence, j2 + 1) if self._form(sentence, j2) in ("،", "(") else None
        )
        if date is not None and date.month is not None and code.startswith("D"):
            return date._replace(i=i, weekday=weekday)
        return TimeMention(
            i,
            j2,
            code=code,
            weekday=weekday,
            today=code.startswith("D0"),
            prep="" if inside == "قبل" else inside,
            relative=relative,
        )

    def _part_of_day(self, sentence: Sentence, i: int) -> TimeMention | None:
        """قبل ظهر اليوم، عصر أمس، ليلة 5 مارس: a part of a day that is told from the day of the report, or of a date."""
        part = self._match(sentence, i, {"part"}, proclitic=True)
        if part is None:
            return None
        day = self._code(sentence, part[0]) or self._numeric(sentence, part[0]) or self._day_month(sentence, part[0])
        if day is None or (day.code is not None and day.code[0] not in "DM"):
            return None
        return day._replace(i=i, prep="") if day.day is not None or (day.code or "")[:1] == "D" else None

    def _hours(self, sentence: Sentence, i: int) -> TimeMention | None:
        """الساعات الست الماضية، الـ72 ساعة الماضية: as many days as the hours reach back or ahead."""
        j = i
        if self._form(sentence, j) == "ال":
            j += 1
        if self._form(sentence, j).lstrip("لبو") in ("الساعات", "ساعات"):
            j += 1
            if self._form(sentence, j) == "ال":
                j += 1
            count, j = self._counted(sentence, j)
        else:
            count, j = self._counted(sentence, j)
            if self._form(sentence, j) != "ساعه":
                return None
            j += 1
        shift = self._match(sentence, j, {"shift"}) if count is not None else None
        if count is None or shift is None or shift[2] not in ("-1", "+1", "recent"):
            return None
        days = max(1, -(-count // 24))
        return TimeMention(i, shift[0], code=f"D0/D+{days}" if shift[2] == "+1" else f"D-{days}/D0")

    def _counted(self, sentence: Sentence, j: int) -> tuple[int | None, int]:
        """A number in figures or words, with or without its article, and the token after it."""
        form = self._form(sentence, j)
        if form.removeprefix("ال").isdecimal() and len(form) <= 5:
            return int(form.removeprefix("ال")), j + 1
        number, j2 = self._number(sentence, j)
        following = self._form(sentence, j2)
        if number is not None and number < 10 and following.startswith("وال"):
            tens = self._value(following[3:])
            if tens is not None:
                return number + tens, j2 + 1  # الثماني والأربعين
        return number, j2

    def _number(self, sentence: Sentence, j: int) -> tuple[int | None, int]:
        value = self._value(self._form(sentence, j).removeprefix("ال"))
        return (value, j + 1) if value is not None else (None, j)

    def _value(self, form: str) -> int | None:
        """The number that a word without article is."""
        node = self.trie.get(form)
        found = next((v for kind, v in node.get(end, ()) if kind == "number"), "") if node is not None else ""
        return int(found) if found.isdecimal() else None

    def _trailing_weekday(self, sentence: Sentence, j: int) -> tuple[int | None, int]:
        """أمس الاثنين، أمس (الاثنين)، أمس، الاثنين،: the weekday after an expression, and the token after it."""
        opening = self._form(sentence, j)
        inserted = opening in ("(", "،")
        match = self._match(sentence, j + 1 if inserted else j, {"weekday"})
        if match is None:
            return None, j
        closing = self._form(sentence, match[0])
        if opening == "(":
            return int(match[2]), match[0] + (closing == ")")
        if inserted and closing not in (")", "،"):
            return None, j
        return int(match[2]), match[0]

    def _weekday(self, sentence: Sentence, i: int) -> TimeMention | None:
        noun = self._match(sentence, i, {"day_noun", "part"}, proclitic=True)
        start = noun[0] if noun is not None else i
        match = self._match(
            sentence, start, {"weekday"} if noun is None else {"weekday", "weekday_bare"}, proclitic=noun is None
        )
        if match is None:
            return None
        form = self._form(sentence, start)
        if noun is None:
            if form in ("اثنين", "احد", "خميس", "سبت", "جمعه"):
                return None
            previous = self._form(sentence, i - 1)
            ambiguous = form.lstrip("وبل") in self.ambiguous_days
            if (
                ambiguous
                and previous not in ("", "،", "(", "في", "من", "منذ", "حتي", "امس", "اليوم", "غدا", "قبل", "بعد")
                and not self._after_event(sentence, i)
            ):
                return None
        j = match[0]
        shift = None
        adjective = self._match(sentence, j, {"shift"})
        if adjective is not None and adjective[2] in ("-1", "+1", "0", "-2", "+2"):
            shift, j = max(-1, min(1, int(adjective[2]))), adjective[0]
        begin = j
        if self._form(sentence, j) in ("،", "(", "-", "الموافق"):
            begin = j + 1
        date = self._numeric(sentence, begin) or self._day_month(sentence, begin)
        if date is not None and date.month is not None and not date.hijri:
            stop = date.j + (1 if self._form(sentence, j) == "(" and self._form(sentence, date.j) == ")" else 0)
            return date._replace(i=i, j=stop, weekday=int(match[2]))
        return TimeMention(i, j, weekday=int(match[2]), shift=shift)

    def _after_event(self, sentence: Sentence, i: int) -> bool:
        """A bare ambiguous weekday counts after a verb or an event noun close by."""
        for k in range(max(0, i - 6), i):
            word = sentence.words[k]
            if word is not None and (word.verbs or word.nouns):
                return True
        return False

    def _year(self, sentence: Sentence, i: int) -> TimeMention | None:
        match = self._match(sentence, i, {"year_noun"}, proclitic=True)
        if match is not None:
            form = self._form(sentence, match[0])
            if form[:4].isdecimal() and form.rstrip("هم").isdecimal() and len(form.rstrip("هم")) == 4:
                year = int(form[:4])
                return TimeMention(i, match[0] + 1, year=year, hijri=1300 <= year <= 1500)
            return None
        form = self._form(sentence, i)
        if form.isdecimal() and len(form) == 4 and 1900 <= int(form) <= 2100:
            if self._form(sentence, i - 1) in _before_year:
                return TimeMention(i, i + 1, year=int(form))
        return None

    def _quantity(self, sentence: Sentence, i: int) -> TimeMention | None:
        """قبل ثلاثة أيام، منذ عامين، بعد أسبوع."""
        prep = self._match(sentence, i, {"quantity"})
        if prep is None or prep[2] not in ("before", "after", "since"):
            return None
        count, j = self._count(sentence, prep[0], digits=4)
        unit = self._unit(sentence, j)
        if unit is None:
            return None
        letter, amount, stop = unit
        if letter not in ("D", "W", "M", "Y"):
            return None
        if amount.isdecimal():
            count = int(amount) * (1 if count is None else count)
        elif amount != "n" or count is None:
            return None
        sign = "+" if prep[2] == "after" else "-"
        relative = self._form(sentence, stop) in ("من", "علي")
        inside = {"since": "منذ", "after": "بعد"}.get(prep[2], "")
        return TimeMention(i, stop, code=_ago(letter, sign, count), prep=inside, relative=relative)

    def _passing(self, sentence: Sentence, i: int) -> TimeMention | None:
        """مرور عام على، مضي خمسة أشهر على: how long ago what follows was."""
        if self._form(sentence, i).lstrip("بول") not in ("مرور", "مضي", "انقضاء"):
            return None
        count, j = self._count(sentence, i + 1, digits=3)
        unit = self._unit(sentence, j)
        if unit is None or self._form(sentence, unit[2]) != "علي":
            return None
        letter, amount, stop = unit
        if letter not in "DWMY" or not (amount == "n" or amount.isdecimal()):
            return None
        return TimeMention(i, stop, code=_ago(letter, "-", _times(count, amount)))

    def _row(self, sentence: Sentence, i: int) -> TimeMention | None:
        """لليوم الثالث على التوالي، للشهر الرابع على التوالي: from the first of them until now."""
        form = self._form(sentence, i)
        letter = {"لليوم": "D", "لليله": "D", "للاسبوع": "W", "للشهر": "M", "للعام": "Y", "للسنه": "Y"}.get(form)
        if letter is None or self._form(sentence, i + 2) != "علي" or self._form(sentence, i + 3) != "التوالي":
            return None
        ordinal = self._match(sentence, i + 1, {"ordinal"})
        if ordinal is None or not ordinal[2].isdecimal():
            return None
        back = int(ordinal[2]) - 1
        return TimeMention(i, i + 4, code=f"D-{7 * back}/D0" if letter == "W" else f"{letter}-{back}/{letter}0")

    def lengths(self, sentence: Sentence) -> list[tuple[int, int]]:
        """Return where a length in days is said (تستغرق يومين، لمدة ثلاثة أيام), with the number of days."""
        found: list[tuple[int, int]] = []
        for i in range(len(sentence.tokens)):
            if self._form(sentence, i).lstrip("و") not in _lasting:
                continue
            count, j = self._count(sentence, i + 1, digits=2)
            letter, amount, _ = self._unit(sentence, j) or ("", "", j)
            if letter in ("D", "W") and (amount == "n" or amount.isdecimal()):
                days = _times(count, amount) * (7 if letter == "W" else 1)
                if 1 < days <= 31:
                    found.append((i, days))
        return found


def _ago(letter: str, sign: str, count: int) -> str:
    """قبل عام is a month of a year ago; قبل عشرين عاما a year."""
    if letter == "Y" and count <= 3:
        return f"M{sign}{12 * count}"
    return f"{letter}{sign}{count}"


def _times(count: int | None, amount: str) -> int:
    """How many units are meant: those counted, else one, times what the word holds (أسبوعين: two)."""
    return (1 if count is None else count) * (int(amount) if amount.isdecimal() else 1)
