"""Read what a sentence counts: how many killed, wounded, held, how many tons or millions.

1. Thousands separators, decimal points, dates and percentages are settled in the text, which is then folded into words.
2. A numeral is read as far as it goes: digits, or words (خمسة عشر, مئة وخمسة وعشرون, ثلاثة آلاف), or both (250 ألفا, 50 ألفا و200).
3. Numbers that name rather than count (عام 2023, القناة 12, 7 أكتوبر), shares and ranges are passed over.
4. The unit follows the number (12 قتيلا), or stands up to two words before it when what follows is not counted itself
   (مقتل 12 شخصا, أصيب خمسة). A dual counts two (مقتل شخصين).

Words are looked up as they are written, then without proclitics: ساعة and كتيبة begin with letters that might be some.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rawi.ledger.words import bare, surface


def _table(values: dict[int, str]) -> dict[str, int]:
    return {word: n for n, names in values.items() for word in surface(names)}


def _set(names: str) -> frozenset[str]:
    return frozenset(surface(names))


_ones = _table(
    {
        1: "واحد واحدة أحد إحدى", 2: "اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي", 3: "ثلاثة ثلاث", 4: "أربعة أربع", 5: "خمسة خمس",
        6: "ستة ست", 7: "سبعة سبع", 8: "ثمانية ثماني ثمان", 9: "تسعة تسع",
    }
)  # fmt: skip
_ten = frozenset(surface("عشرة عشر"))
_tens = _table(
    {
        20: "عشرون عشرين", 30: "ثلاثون ثلاثين", 40: "أربعون أربعين", 50: "خمسون خمسين", 60: "ستون ستين", 70: "سبعون سبعين",
        80: "ثمانون ثمانين", 90: "تسعون تسعين",
    }
)  # fmt: skip
_hundreds = _table({100: "مئة مائة", 200: "مئتان مئتين مئتا مئتي مائتان مائتين مائتا مائتي"}) | {
    word: n * 100
    for n, stems in enumerate(
        ("ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني ثمان", "تسع"), start=3
    )
    for stem in stems.split()
    for word in surface(f"{stem}مئة {stem}مائة")
}  # fmt: skip
_thousands = _table({1000: "ألف ألفا آلاف", 2000: "ألفان ألفين"})
_thousand_or_two = surface("ألفا")[0]  # two of what follows (ألفا شخص), but one after a number (خمسة عشر ألفا)
# Numbers that must be followed by another to be one: أحد is somebody, if not in أحد عشر.
_bound = frozenset(surface("أحد إحدى اثنا اثني اثنتا اثنتي"))
_and_one = surface("واحد")[0]  # after another number it is و and أحد (مئة وأحد عشر)
_before_a_number = tuple(surface("و ف ب ل ك وب ول ال وال بال لل"))
_digits = re.compile(r"(\d{1,9})(?:d(\d{1,3}))?")

_units = {
    word: unit
    for unit, names in {
        "قتلى": "قتيل قتيلا قتلى قتل قتلوا مقتل شهيد شهيدا شهداء استشهاد استشهد",
        "جرحى": "جريح جريحا جرحى مصاب مصابا مصابين إصابة أصيب إصابات جرح جرحوا",
        "محتجزون": "أسير أسيرا أسرى معتقل معتقلا معتقلين اعتقال اعتقلت محتجز محتجزا محتجزين رهينة رهائن أفرج أفرجت إفراج الإفراج سراح",
        "أطنان": "طن طنا أطنان",
        "ملايين": "مليون مليونا ملايين",
        "مليارات": "مليار مليارا مليارات",
    }.items()
    for word in surface(names)
}
_counted_persons = frozenset({"قتلى", "جرحى", "محتجزون"})
# Duals that are not plurals of something else, as مدنيين is; with the unit where they say it themselves.
_duals = {
    word: unit
    for unit, names in {
        "قتلى": "قتيلان قتيلين شهيدان شهيدين",
        "جرحى": "جريحان جريحين مصابان",
        "محتجزون": "أسيران أسيرين رهينتان رهينتين معتقلان محتجزان",
        None: "شخصان شخصين جنديان جنديين طفلان طفلين عنصران عنصرين شابان شابين ضابطان ضابطين امرأتان امرأتين صحفيان",
    }.items()
    for word in surface(names)
}
_measures = _set(
    """يوم أيام يوما ساعة ساعات دقيقة دقائق شهر أشهر سنة سنوات عام أعوام كيلومتر كيلومترا متر مترا بالمئة بالمائة مرة مرات غارة غارات صاروخ صواريخ قذيفة قذائف
    مسيرة مسيرات طائرة طائرات يناير فبراير مارس أبريل إبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر كانون شباط آذار نيسان أيار حزيران تموز آب أيلول
    تشرين محرم صفر ربيع جمادى رجب شعبان رمضان شوال"""
)
_persons = _set(
    """شخص شخصا أشخاص مدني مدنيا مدنيين مدنيون جندي جنديا جنود عنصر عنصرا عناصر آخرين آخرون طفل طفلا أطفال امرأة نساء ضابط ضابطا ضباط فلسطيني فلسطينيا
    فلسطينيين"""
)
# What has a number for its name.
_numbered = _set("عام سنة ساعة قناة فرقة لواء كتيبة فوج قرار مادة بند رقم سن موقع بتاريخ")
_percent = (list(surface("في المئة")), list(surface("في المائة")))
_between = frozenset(surface("بين وبين"))
_up_to = surface("إلى")[0]

_separated = re.compile(r"(?<=\d)[,٬،.](?=\d{3}(?!\d))")
_decimal = re.compile(r"(?<=\d)[.٫](?=\d)")
_date = re.compile(r"\d{1,4}[/-]\d{1,2}(?:[/-]\d{1,4})?")
_share = re.compile(r"\d+(?:[.,٫،]\d+)?\s*[%٪]|[%٪]\s*\d+(?:[.,٫،]\d+)?")
_hundreds_in_digits = re.compile(r"و(\d{1,3})")


class Numeral(NamedTuple):
    """A number, and the words of a sentence that say it: from ``first`` up to ``last``."""

    value: int | float
    first: int
    last: int


def count_words(text: str) -> list[str]:
    """Return the words of a text as numerals are read from them."""
    plain = _decimal.sub("d", _separated.sub("", _share.sub(" ", _date.sub(" ", text))))
    return surface(plain)


def counted(text: str, trigger: str = "") -> dict[str, int | float]:
    """Return the numbers of killed, wounded, held ... that a sentence gives, by what is counted; the first of each.

    Args:
        text: the sentence.
        trigger: the words of its event, which say what is counted when nothing nearer does.
    """
    words = count_words(text)
    told = next((unit for word in surface(trigger) if (unit := _unit(word)) in _counted_persons), None)
    found: dict[str, int | float] = {}
    for numeral in _numerals(words):
        following = words[numeral.last] if numeral.last < len(words) else ""
        if following not in _units and following.startswith("و") and _unit(following):
            following = ""  # مقتل 7 وإصابة 15: the next count begins
        unit = _unit(following)
        if unit is None and (_is(following, _persons) or not _is(following, _measures)):
            unit = _unit_before(words, numeral.first)
            if unit is None and _is(following, _persons):
                unit = told  # أفرجت الحركة عن أربعين جنديا
        if unit is not None:
            found.setdefault(unit, numeral.value)
    for i, word in enumerate(words):
        dual = word if word in _duals else bare(word)
        if dual in _duals:
            unit = _duals[dual] or _unit_before(words, i)
            if unit is not None:
                found.setdefault(unit, 2)
    return found


def _is(word: str, names: frozenset[str]) -> bool:
    return bool(word) and (word in names or bare(word) in names)


def _unit(word: str) -> str | None:
    return (_units.get(word) or _units.get(bare(word))) if word else None


def _unit_before(words: list[str], i: int) -> str | None:
    return next(
        (unit for word in reversed(words[max(0, i - 2) : i]) if (unit := _unit(word)) in _counted_persons), None
    )


def _numerals(words: list[str]) -> list[Numeral]:
    """Return the numerals that count something, in their order."""
    found: list[Numeral] = []
    i = 0
    while i < len(words):
        numeral = read_numeral(words, i)
        if numeral is None:
            i += 1
            continue
        i = numeral.last
        share = words[i : i + 2] in _percent
        named = bool(numeral.first) and _is(words[numeral.first - 1], _numbered)
        year = isinstance(numeral.value, int) and 1900 <= numeral.value <= 2100 and words[numeral.first].isdigit()
        up_to = i + 1 < len(words) and words[i] == _up_to and read_numeral(words, i + 1)
        if numeral.first and words[numeral.first - 1] in _between:
            upper = read_numeral(words, i)
            i = upper.last if upper else i  # a range is no number
        elif up_to:
            i = up_to.last
        elif not share and not named and not (year and numeral.first and words[numeral.first - 1] == "في"):
            found.append(numeral)
    return found


def read_numeral(words: list[str], first: int) -> Numeral | None:
    """Return the numeral that begins at a word, read as far as it goes; None if none does."""
    digits = _digits.fullmatch(words[first].lstrip("وفبلك"))
    if digits:
        value: int | float = float(f"{digits[1]}.{digits[2]}") if digits[2] else int(digits[1])
        if first + 1 < len(words) and _thousands.get(words[first + 1]) == 1000:
            return _with_hundreds(Numeral(int(value * 1000), first, first + 2), words)
        return Numeral(value, first, first + 1)
    total = group = 0  # thousands, and what is below them
    at = first
    while at < len(words):
        linked, word = _split(words[at])
        if at > first and word == _and_one:
            linked = "و"
        if at > first and linked == "" and word in _ten and 1 <= group % 100 <= 9:
            group += 10
        elif at > first and linked == "" and _hundreds.get(word) == 100 and 3 <= group <= 9:
            group *= 100
        elif (
            word in _thousands
            and (at == first or linked == "" or total == 0 == group)
            and not (at > first and group == 0)
        ):
            scale = 2000 if at == first and word == _thousand_or_two else _thousands[word]
            total, group = total + scale * max(group, 1), 0
        elif at == first or linked.startswith("و"):
            value = _term(word)
            if not value or not _adds(value, total, group, at == first):
                break
            group += value
        else:
            break
        at += 1
    if at == first or (at == first + 1 and _split(words[first])[1] in _bound):
        return None
    return _with_hundreds(Numeral(total + group, first, at), words) if group == 0 else Numeral(group + total, first, at)


def _with_hundreds(thousands: Numeral, words: list[str]) -> Numeral:
    """Return a number of whole thousands with the hundreds that follow it in digits (50 ألفا و200)."""
    after = words[thousands.last : thousands.last + 2]
    joined = after[:1] if after[:1] != ["و"] else ["".join(after)]
    below = _hundreds_in_digits.fullmatch(joined[0]) if joined else None
    if below is None:
        return thousands
    return Numeral(thousands.value + int(below[1]), thousands.first, thousands.last + (2 if after[0] == "و" else 1))


def _adds(value: int, total: int, group: int, begins: bool) -> bool:
    """Return whether a term goes on from what was read: units before tens, and both after hundreds."""
    if begins or (group == 0 and total > 0):
        return True
    if 20 <= value <= 90:
        return group % 100 < 10
    return group % 100 == 0 and value < 100


def _term(word: str) -> int:
    if word in _ten:
        return 10
    return _ones.get(word) or _tens.get(word) or _hundreds.get(word) or 0


def _split(word: str) -> tuple[str, str]:
    """Return what a number word carries before it, and the number word; ("", word) if it is none."""
    if _term(word) or word in _thousands:
        return "", word
    for prefix in _before_a_number:
        rest = word[len(prefix) :]
        if word.startswith(prefix) and (_term(rest) or rest in _thousands):
            return prefix, rest
    return "", word
