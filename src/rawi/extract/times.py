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

from typing import Any, NamedTuple

from rawi.lexicon.compile import end
from rawi.lexicon.compiled import Compiled
from rawi.syntax.sentence import Sentence


class TimeMention(NamedTuple):
    """A time expression: half-open token span and its parts; None where not said.

    ``code`` is a code of ``lexicon/times`` (``D-1``); ``weekday`` 0 is Monday; ``shift`` is -1 past, +1 coming, 0 this;
    ``last`` is the last day of a span of days in one month; ``prep`` is a preposition inside the expression; ``relative``
    says that it counts from another event.
    """

    i: int
    j: int
    code: str | None = None
    weekday: int | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    shift: int | None = None
    hijri: bool = False
    today: bool = False
    prep: str = ""
    relative: bool = False
    last: int | None = None


# Words after which اليوم is the length of a day (على مدار اليوم).
_all_through = frozenset(("مدار", "مدي", "طوال", "طيله", "بقيه", "باقي", "معظم", "نصف"))
# Words before the length of what is on or to come.
_lasting = frozenset(
    ("تستغرق", "يستغرق", "ستستغرق", "تستمر", "يستمر", "ستستمر", "سيستمر", "تدوم", "يدوم", "لمده", "مدتها", "مدته")
)
# Words before a holiday that speak of the feast and not of the day.
_feasted = frozenset(("بمناسبه", "مناسبه", "بحلول", "حلول", "احتفالات", "صلاه", "خطبه", "عطله", "اجازه"))


class TimeReader:
    """Finds times with one lexicon."""

    def __init__(self, lexicon: Compiled) -> None:
        self.trie = lexicon.times
        self._begins: dict[str, tuple[tuple[bool, Any], ...]] = {}
        self.ambiguous = set(lexicon.words.get("ambiguous", ()))
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

    def _match(
        self, sentence: Sentence, i: int, kinds: set[str], *, proclitic: bool = False
    ) -> tuple[int, str, str] | None:
        """Return (token after, kind, value) of the longest time phrase of ``kinds`` at ``i``."""
        if i >= len(sentence.tokens) or sentence.words[i] is None:
            return None
        best: tuple[int, str, str] | None = None
        tokens = sentence.tokens
        for bare, node in self._nodes(sentence, i):
            if not bare and not proclitic:
                continue
            k = i + 1
            while node is not None:
                for kind, value in node.get(end, ()):
                    if kind in kinds and (best is None or k > best[0]):
                        best = (k, kind, value)
                if k >= len(tokens):
                    break
                node = node.get(tokens[k].form)
                k += 1
        return best

    def _nodes(self, sentence: Sentence, i: int) -> tuple[tuple[bool, Any], ...]:
        """Where the ways to split a word lead in the trie of times; found once a form."""
        form = sentence.tokens[i].form
        found = self._begins.get(form)
        if found is None:
            word = sentence.words[i]
            splits = word.splits if word is not None else ()
            nodes = ((not (s.prep or s.conj), self.trie.get(s.rest)) for s in splits)
            found = self._begins[form] = tuple((bare, node) for bare, node in nodes if node is not None)
        return found

    def _at(self, sentence: Sentence, i: int) -> TimeMention | None:
        for rule in (
            self._numeric,
            self._days,
            self._row,
            self._passing,
            self._day_month,
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
        if match is None or match[2] in ("now",):
            return None
        j, _, code = match
        first = self._form(sentence, i)
        if first == "اليوم" and j == i + 1 and self._form(sentence, i - 1) in _all_through:
            return None
        holiday = "-" in code and code[-5:-3].isdecimal()
        if holiday:
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

    def _trailing_weekday(self, sentence: Sentence, j: int) -> tuple[int | None, int]:
        if self._form(sentence, j) in ("(", "،"):
            match = self._match(sentence, j + 1, {"weekday"})
            if match is not None and (self._form(sentence, match[0]) in (")", "،") or self._form(sentence, j) == "("):
                bracket = self._form(sentence, j) == "("
                if not bracket:
                    return int(match[2]), match[0]
                return int(match[2]), match[0] + (1 if self._form(sentence, match[0]) == ")" else 0)
            return None, j
        match = self._match(sentence, j, {"weekday"})
        if match is not None:
            return int(match[2]), match[0]
        return None, j

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

    def _day_month(self, sentence: Sentence, i: int) -> TimeMention | None:
        if i < 0 or i >= len(sentence.tokens):
            return None
        form = self._form(sentence, i)
        day: int | None = None
        j = i
        if form.isdecimal() and len(form) <= 2 and 1 <= int(form) <= 31:
            day, j = int(form), i + 1
        elif self._glued(form) is not None:
            number, rest = self._glued(form) or (0, "")
            month = self.trie.get(rest, {}).get(end, ())
            value = next((v for k, v in month if k == "month"), None)
            if value is None:
                return None
            return self._with_year(sentence, TimeMention(i, i + 1, month=int(value), day=number), i + 1)
        else:
            ordinal = self._match(sentence, i, {"ordinal"}, proclitic=True)
            if ordinal is None or not str(ordinal[2]).isdecimal():
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

    def _skip_equal(self, sentence: Sentence, j: int) -> int:
        while self._form(sentence, j) in ("ه", "الموافق", "لموافق", "(", "،", "/", "ل", "هجريه", "-"):
            j += 1
        return j

    def _glued(self, form: str) -> tuple[int, str] | None:
        """14جوان: a day number glued to its month."""
        digits = form[:2] if form[:2].isdecimal() else form[:1] if form[:1].isdecimal() else ""
        rest = form[len(digits) :]
        if digits and rest in self.trie and 1 <= int(digits) <= 31:
            return int(digits), rest
        return None

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
            if self._form(sentence, i - 1) in (
                "في",
                "منذ",
                "حتي",
                "من",
                "قبل",
                "بعد",
                "نهايه",
                "بدايه",
                "مطلع",
                "اواخر",
                "اوائل",
                "خلال",
                "منتصف",
                "اواسط",
                "شتاء",
                "ربيع",
                "صيف",
                "خريف",
            ):
                return TimeMention(i, i + 1, year=int(form))
        return None

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
        a, b, c = int(forms[0]), int(forms[2]), int(forms[4][:4]) if forms[4][:4].isdecimal() else 0
        if len(forms[0]) == 4 and 1 <= b <= 12 and 1 <= c <= 31:
            return TimeMention(i, i + 5, year=a, month=b, day=c)
        if 1 <= a <= 31 and 1 <= b <= 12 and 1900 <= c <= 2100:
            return TimeMention(i, i + 5, year=c, month=b, day=a)
        return None

    def _quantity(self, sentence: Sentence, i: int) -> TimeMention | None:
        prep = self._match(sentence, i, {"quantity"})
        if prep is None or prep[2] not in ("before", "after", "since"):
            return None
        j = prep[0]
        count: int | None = None
        form = self._form(sentence, j)
        if form.isdecimal() and len(form) <= 4:
            count, j = int(form), j + 1
        else:
            number = self._match(sentence, j, {"number"})
            if number is not None and str(number[2]).isdecimal():
                count, j = int(number[2]), number[0]
        unit = self._match(sentence, j, {"unit"})
        if unit is None:
            return None
        letter, _, amount = str(unit[2]).partition("*")
        if letter not in ("D", "W", "M", "Y"):
            return None
        if amount == "n":
            if count is None:
                return None
        elif amount.isdecimal() and count is None:
            count = int(amount)
        elif amount.isdecimal() and count is not None:
            count *= int(amount)
        else:
            return None
        sign = "+" if prep[2] == "after" else "-"
        relative = self._form(sentence, unit[0]) in ("من", "علي")
        inside = {"since": "منذ", "after": "بعد"}.get(prep[2], "")
        return TimeMention(i, unit[0], code=_ago(letter, sign, count or 0), prep=inside, relative=relative)

    def _passing(self, sentence: Sentence, i: int) -> TimeMention | None:
        """مرور عام على، مضي خمسة أشهر على: how long ago what follows was."""
        if self._form(sentence, i).lstrip("بول") not in ("مرور", "مضي", "انقضاء"):
            return None
        j = i + 1
        count = 1
        form = self._form(sentence, j)
        number = self._match(sentence, j, {"number"})
        if form.isdecimal() and len(form) <= 3:
            count, j = int(form), j + 1
        elif number is not None and str(number[2]).isdecimal():
            count, j = int(number[2]), number[0]
        unit = self._match(sentence, j, {"unit"})
        if unit is None or self._form(sentence, unit[0]) != "علي":
            return None
        letter, _, amount = str(unit[2]).partition("*")
        if letter not in "DWMY" or not (amount == "n" or amount.isdecimal()):
            return None
        return TimeMention(i, unit[0], code=_ago(letter, "-", count * (int(amount) if amount.isdecimal() else 1)))

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

    def lengths(self, sentence: Sentence) -> list[tuple[int, int]]:
        """Return where a length in days is said (تستغرق يومين، لمدة ثلاثة أيام), with the number of days."""
        found: list[tuple[int, int]] = []
        for i in range(len(sentence.tokens)):
            if self._form(sentence, i).lstrip("و") not in _lasting:
                continue
            j, count = i + 1, 1
            form = self._form(sentence, j)
            number = self._match(sentence, j, {"number"})
            if form.isdecimal() and len(form) <= 2:
                count, j = int(form), j + 1
            elif number is not None and str(number[2]).isdecimal():
                count, j = int(number[2]), number[0]
            unit = self._match(sentence, j, {"unit"})
            letter, _, amount = str(unit[2]).partition("*") if unit is not None else ("", "", "")
            if letter in ("D", "W") and (amount == "n" or amount.isdecimal()):
                days = count * (int(amount) if amount.isdecimal() else 1) * (7 if letter == "W" else 1)
                if 1 < days <= 31:
                    found.append((i, days))
        return found

    def _row(self, sentence: Sentence, i: int) -> TimeMention | None:
        """لليوم الثالث على التوالي، للشهر الرابع على التوالي: from the first of them until now."""
        form = self._form(sentence, i)
        letter = {"لليوم": "D", "لليله": "D", "للاسبوع": "W", "للشهر": "M", "للعام": "Y", "للسنه": "Y"}.get(form)
        if letter is None or self._form(sentence, i + 2) != "علي" or self._form(sentence, i + 3) != "التوالي":
            return None
        ordinal = self._match(sentence, i + 1, {"ordinal"})
        if ordinal is None or not str(ordinal[2]).isdecimal():
            return None
        back = int(ordinal[2]) - 1
        return TimeMention(i, i + 4, code=f"D-{7 * back}/D0" if letter == "W" else f"{letter}-{back}/{letter}0")

    def _form(self, sentence: Sentence, i: int) -> str:
        return sentence.tokens[i].form if 0 <= i < len(sentence.tokens) else ""


def _ago(letter: str, sign: str, count: int) -> str:
    """قبل عام is a month of a year ago; قبل عشرين عاما a year."""
    if letter == "Y" and count <= 3:
        return f"M{sign}{12 * count}"
    return f"{letter}{sign}{count}"
