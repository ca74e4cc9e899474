"""Read dates as they are written: numeric, a day of a month, a month with its year, a span of days."""

from __future__ import annotations

from rawi.extract.time_words import TimeMention, TimeWords
from rawi.lexicon.compile import end
from rawi.lexicon.compiled import Compiled
from rawi.syntax.sentence import Sentence


class DateReader(TimeWords):
    """Reads written dates with one lexicon."""

    def __init__(self, lexicon: Compiled) -> None:
        super().__init__(lexicon)
        self.ambiguous = set(lexicon.words.get("ambiguous", ()))

    def _numeric(self, sentence: Sentence, i: int) -> TimeMention | None:
        forms = [self._form(sentence, i + k) for k in range(5)]
        if not (
            forms[0].isdecimal()
            and forms[1] in ("/", "-", ".")
            and forms[2].isdecimal()
            and forms[3] == forms[1]
            and forms[4][:4].isdecimal()
        ):
            return None
        if forms[4][:2] in ("13", "14") and len(forms[4].rstrip("هم")) == 4:
            following = self._numeric(sentence, self._skip_equal(sentence, i + 5))
            return following._replace(i=i) if following is not None else None
        a, b, c = int(forms[0]), int(forms[2]), int(forms[4][:4])
        if len(forms[0]) == 4 and 1 <= b <= 12 and 1 <= c <= 31:
            return TimeMention(i, i + 5, year=a, month=b, day=c)
        if 1 <= a <= 31 and 1 <= b <= 12 and 1900 <= c <= 2100:
            return TimeMention(i, i + 5, year=c, month=b, day=a)
        return None

    def _days(self, sentence: Sentence, i: int) -> TimeMention | None:
        """يومي 26 و27 مايو، من 3 إلى 5 مايو، بين 3 و5 مايو."""
        opener = self._form(sentence, i).lstrip("وف")
        if opener not in ("يومي", "ايام", "ليلتي") and not (
            opener.isdecimal() and self._form(sentence, i - 1) in ("من", "بين")
        ):
            return None
        j = i if opener.isdecimal() else i + 1
        first, link, second = (self._form(sentence, k) for k in (j, j + 1, j + 2))
        if not first.isdecimal():
            return None
        if link.startswith("و") and link[1:].isdecimal():
            stop = j + 1
        elif link in ("و", "الي", "حتي", "-") and second.isdecimal():
            stop = j + 2
        else:
            return None
        close = self._form(sentence, stop).lstrip("و")
        if not (len(first) <= 2 and len(close) <= 2 and 1 <= int(first) < int(close) <= 31):
            return None
        month = self._month(sentence, stop + 1, explicit=True)
        if month is None or month.hijri:
            return None
        return month._replace(i=i, day=int(first), last=int(close))

    def _day_month(self, sentence: Sentence, i: int) -> TimeMention | None:
        if i < 0 or i >= len(sentence.tokens):
            return None
        form = self._form(sentence, i)
        day: int | None = None
        j = i
        if form.isdecimal() and len(form) <= 2 and 1 <= int(form) <= 31:
            day, j = int(form), i + 1
        elif (glued := self._glued(form)) is not None:
            number, rest = glued
            value = next((v for k, v in self.trie[rest].get(end, ()) if k == "month"), None)
            if value is None:
                return None
            return self._with_year(sentence, TimeMention(i, i + 1, month=int(value), day=number), i + 1)
        else:
            ordinal = self._match(sentence, i, {"ordinal"}, proclitic=True)
            if ordinal is None or not ordinal[2].isdecimal():
                return None
            day, j = int(ordinal[2]), ordinal[0]
            if self._form(sentence, j) != "من" or day > 31:
                return None
        while self._form(sentence, j) in ("من", "شهر", "لشهر"):
            j += 1
        month = self._match(sentence, j, {"month", "hijri"})
        if month is None:
            this = self._match(
                sentence, j - 1 if self._form(sentence, j - 1) in ("شهر", "من") else j, {"code"}
            ) or self._match(sentence, j, {"code"})
            if this is not None and this[2] in ("M-1", "M0", "M+1"):
                return TimeMention(i, this[0], code=this[2], day=day)
            return None
        j = month[0]
        hijri = month[1] == "hijri"
        j = self._second_name(sentence, j)
        mention = TimeMention(i, j, month=int(month[2]), day=day, hijri=hijri)
        mention = self._with_year(sentence, mention, j)
        if hijri:
            following = self._skip_equal(sentence, mention.j)
            gregorian = self._day_month(sentence, following)
            if gregorian is not None and not gregorian.hijri:
                return gregorian._replace(i=i)
        return mention

    def _glued(self, form: str) -> tuple[int, str] | None:
        """14جوان: a day number glued to its month."""
        digits = form[:2] if form[:2].isdecimal() else form[:1] if form[:1].isdecimal() else ""
        rest = form[len(digits) :]
        if digits and rest in self.trie and 1 <= int(digits) <= 31:
            return int(digits), rest
        return None

    def _month(self, sentence: Sentence, i: int, *, explicit: bool = False) -> TimeMention | None:
        j = i
        named = self._form(sentence, j).lstrip("وفبل") in ("شهر", "شهري") and self._form(sentence, j) != ""
        if named:
            explicit, j = True, j + 1
        month = self._match(sentence, j, {"month", "hijri"}, proclitic=not explicit)
        if month is None:
            return None
        form = self._form(sentence, j)
        after = self._second_name(sentence, month[0])
        mention = self._with_year(
            sentence, TimeMention(i, after, month=int(month[2]), hijri=month[1] == "hijri"), after
        )
        if mention.hijri and mention.year is None:
            return None
        certain = explicit or mention.year is not None or mention.shift is not None or after > month[0]
        bare = form.lstrip("وفبل") if form not in self.trie else form
        if not certain and (bare in self.ambiguous or form in self.ambiguous):
            return None
        return mention

    def _second_name(self, sentence: Sentence, j: int) -> int:
        """يوليو (تموز), تشرين الأول/أكتوبر: the second name of the month."""
        if self._form(sentence, j) in ("(", "/", "-"):
            month = self._match(sentence, j + 1, {"month"})
            if month is not None:
                return month[0] + (1 if self._form(sentence, j) == "(" and self._form(sentence, month[0]) == ")" else 0)
        again = self._match(sentence, j, {"month"})
        return again[0] if again is not None else j

    def _with_year(self, sentence: Sentence, mention: TimeMention, j: int) -> TimeMention:
        k = j
        while k < j + 2 and self._form(sentence, k) in ("من", "،", "/"):
            k += 1
        if k > j and not self._year_noun(sentence, k):
            k = j
        if self._year_noun(sentence, k):
            k += 1
        form = self._form(sentence, k)
        digits = form.rstrip("هم") if form[:4].isdecimal() else form
        if digits.isdecimal() and len(digits) == 4:
            year = int(digits)
            hijri = mention.hijri or 1300 <= year <= 1500
            k += 1
            if self._form(sentence, k) in ("م", "ه"):
                k += 1
            return mention._replace(j=k, year=year, hijri=hijri)
        shift = self._match(sentence, j, {"shift"})
        if shift is not None and shift[2] in ("-1", "+1", "0"):
            return mention._replace(j=shift[0], shift=int(shift[2]))
        code = self._match(sentence, j, {"code"})
        if code is not None and code[2] in ("Y-1", "Y0", "Y+1"):
            return mention._replace(j=code[0], shift=int(code[2][1:]), code="year")
        return mention

    def _year_noun(self, sentence: Sentence, k: int) -> bool:
        match = self._match(sentence, k, {"year_noun"})
        return match is not None and match[0] == k + 1

    def _skip_equal(self, sentence: Sentence, j: int) -> int:
        while self._form(sentence, j) in ("ه", "الموافق", "لموافق", "(", "،", "/", "ل", "هجريه", "-"):
            j += 1
        return j
