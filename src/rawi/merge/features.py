"""What merging compares of a report: type, parties, days, place, telling words, shingles, numbers."""

from __future__ import annotations

import re
import zlib
from datetime import date
from itertools import pairwise

import msgspec

from rawi.ledger.dates import bounds
from rawi.ledger.document import Document, parties
from rawi.ledger.words import bare, surface
from rawi.merge.counts import counted
from rawi.merge.parties import Party, party
from rawi.model import Span

sketch_size = 48
_shingle = 4  # words
_boundary = re.compile(r"(?<!\d)[.]|[.](?!\d)|[!?؟\n]")  # not the point of 1.5

# How long before its publication an event without a date may have happened, in days; and how long after, if planned.
days_back = 2
days_ahead = 7

# What parties do with each other.
mutual = frozenset({"CONSULT", "AGREE", "COOPERATE"})

# Words that any report may have: function words, reporting verbs, the calendar, the phrases of protocol.
_common = frozenset(
    bare(word)
    for word in surface(
        """في من على إلى عن مع بين بعد قبل خلال عند منذ حتى لدى حول بشأن بسبب نحو ضد أو ثم أن إن لا لم لن ما هذا هذه ذلك تلك التي الذي الذين هو هي هم كان كانت
        يكون تكون قد كما إذا كل بعض أي غير عدد عدة مزيد أكثر أقل مدى قال قالت يقول أكد أكدت أعلن أعلنت ذكر ذكرت أفاد أفادت أضاف أضافت أوضح أشار أشارت صرح كشف
        كشفت نقل نقلت نقلا وفق وفقا بحسب حسب مصدر مصادر مسؤول بيان تصريح تصريحات مؤتمر صحفي وكالة قناة صحيفة اليوم أمس غدا يوم مساء صباح ليل فجر ساعة أسبوع
        شهر عام سنة الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد الماضي المقبل الجاري الحالي الحالية رئيس وزير وزيرة وزارة حكومة دولة بلد بلاده بلاد جانب
        جانبان طرف طرفين طرفان سبل تعزيز علاقات ثنائية تعاون قضايا ملفات ذات اهتمام مشترك مشتركة تطورات مستجدات أوضاع وضع إطار ضرورة أهمية دولي دولية إقليمي
        إقليمية منطقة عاصمة مدينة محافظة نظيره نظيرها وفد لقاء اجتماع مباحثات محادثات اتصال هاتفي زيارة استقبل التقى بحث بحثا ناقش جرى تم أجرى عقد شخص أشخاص
        آخر آخرين آخرون أول ثاني ثالث أولى بلدة قرية حي شمال جنوب شرق غرب شمالي جنوبي شرقي غربي قرب محيط داخل خارج عسكري سياسي أمني رسمي محلي وطني خاص
        قوات قوة جيش شرطة أمن سلطات مواطنين مدنيين جديد جديدة كبير كبيرة عاجل عاجلة عبر ضمن لدعم دعم إلا أنه أنها كانوا عقب إثر جراء وسط مقابل بينها بينهم منها منه
        فيها فيه إليه عليه عليها له لها لهم به بها مؤكدا مشيرا موضحا مضيفا داعيا دعوة دعا شدد شددت جدد نتائج ملف قضية عملية خطوة قرار موقف مسار شأن أمر حال
        بشكل أي جميع كافة نفسه نفسها مرة مرات حتى الآن قبل أيام ساعات دون عدم وجود سبب"""
    )
)
# What a name of a place follows.
_place_nouns = frozenset(surface("بلدة بلدتي مدينة مدينتي قرية محافظة ولاية مخيم حي معبر مطار ميناء مضيق جزيرة قضاء"))
_suffixes = ("هما", "تين", "تان", "ات", "ون", "ين", "ان", "ها", "هم", "نا", "يه", "ه", "ي")


class Features(msgspec.Struct, frozen=True, array_like=True):
    """A report as merging sees it; days are ordinals (``date.toordinal``)."""

    article: int
    position: str
    type: str
    mode: str | None
    symmetric: bool
    negated: bool
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    thirds: tuple[Party, ...]
    first_day: int | None
    last_day: int | None
    dated: bool
    published: int | None
    place: tuple[str, ...]
    place_country: str | None
    words: frozenset[int]
    names: frozenset[int]
    shingles: frozenset[int]
    sketch: tuple[int, ...]
    numbers: tuple[tuple[str, int | float], ...]

    @property
    def parties(self) -> tuple[Party, ...]:
        """Everybody in the event, whatever the role."""
        return self.actors + self.recipients + self.thirds

    @property
    def signature(self) -> tuple[int, ...]:
        """The smallest shingles of its sentence: reports that nothing else places are found by them."""
        return tuple(sorted(self.shingles)[:3])


def make_features(
    document: Document, text: str, published: str | None, article_no: int, position: str, sketch: tuple[int, ...]
) -> Features:
    """Return the features of a record.

    Args:
        document: what the record says.
        text: the text its spans are of.
        published: publication date of the article.
        article_no: the article.
        position: where the report stands in the order of reading.
        sketch: the article's, from ``sketch_text``.
    """
    event = document.event
    by_role: dict[str, list[Party]] = {"actor": [], "recipient": [], "third": []}
    names: set[str] = set()
    for role, actor in parties(document):
        if role != "about":
            by_role[role if role in by_role else "third"].append(party(actor))
        names.update(map(stem, surface(actor.name)))
    told = sentence(text, event.extent, event.trigger)
    tokens = surface(told)
    trigger = set(map(stem, surface(text[slice(*event.trigger)])))
    telling = {stem(token) for token in tokens if bare(token) not in _common and len(token) > 2} - trigger
    first, last, dated = _days(document, published)
    place = event.place
    return Features(
        article_no, position, event.type, event.mode,
        event.type in mutual or not event.recipients, event.status == "negated",
        tuple(by_role["actor"]), tuple(by_role["recipient"]), tuple(by_role["third"]),
        first, last, dated, _ordinal(published),
        tuple(sorted({bare(word) for word in surface(place.text)})) if place else _named_place(tokens), place.country if place else None,
        frozenset(map(number_of, telling)), frozenset(map(number_of, names)), frozenset(shingles(tokens)), sketch,
        tuple(sorted(counted(told, text[slice(*event.trigger)]).items())),
    )  # fmt: skip


def _named_place(tokens: list[str]) -> tuple[str, ...]:
    """Return the one place that a sentence names as such (بلدة كذا), for a record that was given none."""
    found = {
        bare(name)
        for noun, name in pairwise(tokens)
        if (noun in _place_nouns or bare(noun) in _place_nouns) and len(name) > 2 and bare(name) not in _common
    }
    return tuple(found) if len(found) == 1 else ()


def sentence(text: str, extent: Span, trigger: Span) -> str:
    """Return the extent with the trigger, carried on to the ends of their sentences."""
    start, stop = min(extent[0], trigger[0]), max(extent[1], trigger[1])
    before = [match.end() for match in _boundary.finditer(text, max(0, start - 600), start)]
    after = _boundary.search(text, stop, stop + 600)
    return text[before[-1] if before else max(0, start - 600) : after.start() if after else stop + 600]


def _days(document: Document, published: str | None) -> tuple[int | None, int | None, bool]:
    event = document.event
    days = bounds(event.date.value) if event.date else None
    if days is not None:
        return date.fromisoformat(days[0]).toordinal(), date.fromisoformat(days[1]).toordinal(), True
    day = _ordinal(published)
    if day is None:
        return None, None, False
    if event.status in ("planned", "possible"):
        return day, day + days_ahead, False
    return day - days_back, day, False


def _ordinal(published: str | None) -> int | None:
    days = bounds(published)
    return date.fromisoformat(days[0]).toordinal() if days else None


def stem(word: str) -> str:
    """Return a folded word without proclitics and without one common ending; three letters at least are left."""
    rest = bare(word)
    for suffix in _suffixes:
        if rest.endswith(suffix) and len(rest) - len(suffix) >= 3:
            return rest[: -len(suffix)]
    return rest


def number_of(word: str) -> int:
    """Return a word as a number of 32 bits, the same on every machine."""
    return zlib.crc32(word.encode("utf-8"))


def shingles(tokens: list[str]) -> set[int]:
    """Return the numbers of every run of four words."""
    return {number_of(" ".join(tokens[i : i + _shingle])) for i in range(len(tokens) - _shingle + 1)}


def sketch_text(text: str) -> tuple[int, ...]:
    """Return the sketch of an article: the smallest of its shingles' numbers."""
    return tuple(sorted(shingles(surface(text)))[:sketch_size])


def sketch_likeness(a: tuple[int, ...], b: tuple[int, ...]) -> float:
    """Return the estimated Jaccard likeness of two articles' shingles from their sketches."""
    if not a or not b:
        return 0.0
    smallest = sorted({*a, *b})[:sketch_size]
    both = set(a) & set(b)
    return sum(number in both for number in smallest) / len(smallest)
