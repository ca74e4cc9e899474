"""What a sentence counts, in digits and in words."""

from __future__ import annotations

import pytest

from rawi.ledger.words import surface
from rawi.merge.counts import counted, read_numeral


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("أدى القصف إلى مقتل 12 شخصا وإصابة خمسة آخرين", {"قتلى": 12, "جرحى": 5}),
        ("سقط ٩ قتلى و١٤ جريحا", {"قتلى": 9, "جرحى": 14}),
        ("قتل سبعة في القصف", {"قتلى": 7}),
        ("أفرج عن 30 أسيرا", {"محتجزون": 30}),
        ("قدمت 400 طن من القصف", {"أطنان": 400}),
        ("القصف بعد 3 أيام من مقتل قائد", {}),
        ("القصف عام 2015", {}),
        ("قتل خمسة عشر شخصا", {"قتلى": 15}),
        ("أحد عشر قتيلا واثنا عشر جريحا", {"قتلى": 11, "جرحى": 12}),
        ("مقتل مئة وعشرين شخصا", {"قتلى": 120}),
        ("مئة وخمسة وعشرون قتيلا", {"قتلى": 125}),
        ("ثلاثمئة قتيل وأربع مئة جريح", {"قتلى": 300, "جرحى": 400}),
        ("ثلاثة عشر ألفا وخمسمئة قتيل", {"قتلى": 13500}),
        ("سقط ثلاثة آلاف قتيل", {"قتلى": 3000}),
        ("قتل ألفا شخص", {"قتلى": 2000}),
        ("قتل 1,500 شخص", {"قتلى": 1500}),
        ("قتل ١٬٥٠٠ شخص", {"قتلى": 1500}),
        ("قتل 250 ألف شخص", {"قتلى": 250_000}),
        ("منحة من 1.5 مليون دولار", {"ملايين": 1.5}),
        ("مقتل شخصين وإصابة ثلاثة آخرين", {"قتلى": 2, "جرحى": 3}),
        ("سقوط قتيلين", {"قتلى": 2}),
        ("ثلاثة وخمسة قتلى", {"قتلى": 5}),
        ("قتل في 7 أكتوبر", {}),
        ("قتل عام 2023", {}),
        ("قتل في 2023", {}),
        ("قتل يوم 7/10/2023", {}),
        ("مقتل قائد في الفرقة 36", {}),
        ("مقتل بين 10 و15 شخصا", {}),
        ("مقتل 20 في المئة من الجنود", {}),
        ("قتل أحد القادة", {}),
        ("فإن القتلى كثر", {}),
    ],
)
def test_what_is_counted(text: str, found: dict[str, int | float]) -> None:
    assert counted(text, text[:4]) == found


@pytest.mark.parametrize(
    "n", [1, 9, 10, 11, 13, 19, 20, 21, 58, 99, 100, 101, 111, 199, 999, 1000, 2000, 3017, 11000, 99999, 123456]
)
def test_a_number_in_words_is_read_back(n: int) -> None:
    words = surface(in_words(n))
    numeral = read_numeral(words, 0)
    assert numeral is not None
    assert (numeral.value, numeral.last) == (n, len(words)), in_words(n)


_below = ["واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"]
_tens = ["عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
_hundreds = ["مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"]


def in_words(n: int) -> str:
    """Write a number below a million as Arabic prose does."""
    thousands, rest = divmod(n, 1000)
    parts = []
    if thousands == 1:
        parts.append("ألف")
    elif thousands == 2:
        parts.append("ألفان")
    elif thousands:
        parts.append(f"{_small(thousands)} {'آلاف' if thousands <= 10 else 'ألفا'}")
    if rest:
        parts.append(_small(rest))
    return " و".join(parts)


def _small(n: int) -> str:
    parts = [_hundreds[n // 100 - 1]] if n >= 100 else []
    n %= 100
    if 11 <= n <= 12:
        parts.append(["أحد عشر", "اثنا عشر"][n - 11])
    elif 13 <= n <= 19:
        parts.append(f"{_below[n - 11]} عشر")
    elif n > 20 and n % 10:
        parts += [_below[n % 10 - 1], _tens[n // 10 - 2]]
    elif n >= 20:
        parts.append(_tens[n // 10 - 2])
    elif n:
        parts.append(_below[n - 1])
    return " و".join(parts)
