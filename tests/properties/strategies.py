"""Texts for property tests: random Unicode, and random edits of Arabic sentences of our own."""

from __future__ import annotations

import os
import unicodedata

from hypothesis import strategies as st

# RAWI_EXAMPLES=20 looks twenty times as long.
effort = int(os.environ.get("RAWI_EXAMPLES", "1"))

sentences = (
    "أكد مسؤول مطلع لوكالة «رويترز» أن دبلوماسيين قطريين أجروا محادثات مع حركة طالبان يوم الاثنين الماضي.",
    "قصفت مدفعية الجيش السوري مواقع المعارضة في ريف حلب فجر 12 آذار/مارس 2015، ما أسفر عن مقتل ثلاثة مدنيين.",
    "وقال المتحدث باسم الخارجية الإيرانية، ناصر كنعاني، إن بلاده «لن تتفاوض تحت الضغط»؛ وأضاف أنها سترد.",
    "نفت الرياض ما نقلته صحيفة هآرتس عن مصدر غربي بشأن لقاء بين ولي العهد السعودي ورئيس الوزراء الإسرائيلي.",
    "ورفض المبعوث الأممي التعليق، فيما دعا وزراء خارجية مصر والأردن والعراق إلى وقف إطلاق النار فوراً!",
    "تظاهر آلاف التونسيين في شارع الحبيب بورقيبة اليوم السبت (14 يناير 2023) احتجاجا على غلاء الأسعار...",
    "الدوحة (رويترز) - من المقرر أن يزور الرئيس التركي رجب طيب أردوغان قطر الأسبوع المقبل، بحسب الأناضول.",
    "هل تنسحب القوات الأمريكية من العراق قبل نهاية عام ٢٠٢٦؟ ربما، إذا اتفق الطرفان على ذلك في بغداد.",
    "اعتُقل ثلاثة ناشطين وأُفرج عن رابع بعدما هددت النقابة بالإضراب، وفقا لما أفاد به محامٍ طلب عدم ذكر اسمه.",
    "وتعهّدت الكويت والإمارات بتقديم 50 مليون دولار مساعداتٍ للاجئين في لبنان، وأعلنت ألمانيا استقبال 1,500 منهم.",
)
# What news texts really hold besides letters: marks, controls, markup, other scripts.
oddities = st.sampled_from(
    [*" \n\t.،؛:؟!…«»“”\"'()[]{}-–ـ/%", "\u200f", "\u200c", "\u202b", "\u2067", "\ufeff", "\u0651", "\u064b", "\u0670", "\ufefb", "٣", "5",
     "ی", "ک", "و", "ال", "لل", "<b>", "&nbsp;", "Reuters", "\U0001f4f0", "\x00", "\ud7ff"]
)  # fmt: skip
any_text = st.text(max_size=300)
arabic_text = st.text(
    st.characters(min_codepoint=0x0600, max_codepoint=0x06FF) | oddities.map(lambda s: s[0]), max_size=200
)


@st.composite
def edited_news(draw: st.DrawFn) -> str:
    """Return news sentences with words dropped, doubled and moved, oddities put in, in any normal form."""
    words = " ".join(draw(st.lists(st.sampled_from(sentences), min_size=1, max_size=3))).split(" ")
    for _ in range(draw(st.integers(0, 12))):
        i = draw(st.integers(0, len(words) - 1))
        kind = draw(st.sampled_from(["drop", "double", "move", "cut", "put"]))
        if kind == "drop" and len(words) > 1:
            del words[i]
        elif kind == "double":
            words.insert(i, words[i])
        elif kind == "move":
            words.insert(draw(st.integers(0, len(words) - 1)), words.pop(i))
        elif kind == "cut":
            words[i] = words[i][: draw(st.integers(0, len(words[i])))]
        else:
            words.insert(i, draw(oddities))
    form = draw(st.sampled_from(["NFC", "NFD", "NFKC", None]))
    text = draw(st.sampled_from([" ", " ", "\n", ""])).join(words)
    return unicodedata.normalize(form, text) if form else text  # type: ignore[arg-type]
