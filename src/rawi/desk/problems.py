"""Say to a reader, in the language of the interface, what an error says to a program.

An error's message is English and one for every door: command line, API, desk. Those that somebody at the desk can cause
are told here in both languages; of any other the page shows its kind and the message as it is.
"""

from __future__ import annotations

import re

_kinds = {
    "record": ("record", "حدث"),
    "article": ("article", "خبر"),
    "story": ("story", "قصة"),
    "actor": ("actor", "طرف"),
    "version": ("version of the article", "نسخة من الخبر"),
}

_told: tuple[tuple[str, str, str], ...] = (
    (
        r"there is no such (?P<kind>record|article|story|actor)",
        "There is no {kind} under this address in this ledger.",
        "لا يوجد {kind} بهذا العنوان في هذه القاعدة.",
    ),
    (r"there is no (?P<kind>version)", "There is no such {kind}.", "لا توجد {kind} بهذا الرقم."),
    (
        r"is not a da(?:te|y)|which is no day of the calendar|, not a date",
        "This date cannot be read. Write year-month-day, as in 2025-03-18.",
        "تعذرت قراءة هذا التاريخ. اكتبه سنة-شهر-يوم، مثل 2025-03-18.",
    ),
    (
        r"is not a country",
        "A country is written by its three letters, as in SYR.",
        "يُكتب البلد برمزه المؤلف من ثلاثة أحرف لاتينية، مثل SYR.",
    ),
    (r"say which day it is", "Write the day that these words mean.", "اكتب اليوم الذي تدل عليه هذه الكلمات."),
    (r"has no word to look for", "Write at least one word to look for.", "اكتب كلمة واحدة على الأقل للبحث عنها."),
    (
        r"^query: it has [\d,]+ characters, more than (?P<most>[\d,]+)",
        "The search is too long: at most {most} characters.",
        "عبارة البحث أطول مما ينبغي: الحد الأقصى {most} محرفا.",
    ),
    (
        r"nothing was changed",
        "Nothing was changed. Change a field, or accept the record as it is.",
        "لم يتغير شيء. غيّر حقلا، أو اقبل الحدث كما هو.",
    ),
    (
        r"do not stand in the text",
        "These words are not in the text. Select them in it, or copy them from it.",
        "هذه الكلمات ليست في النص. حددها فيه أو انسخها منه.",
    ),
    (
        r"the text is empty|there is no text",
        "There is no text. Paste one, or choose a file.",
        "لا يوجد نص. ألصق نصا أو اختر ملفا.",
    ),
    (r"has no Arabic letter", "The text has no Arabic letter.", "ليس في النص حرف عربي واحد."),
    (r"looks like a binary file", "This file is not a text file.", "هذا الملف ليس ملفا نصيا."),
    (
        r"characters, more than (?P<most>[\d,]+); give one report",
        "The text is too long: at most {most} characters. Give one report at a time.",
        "النص أطول مما ينبغي: الحد الأقصى {most} محرفا. أعط خبرا واحدا في كل مرة.",
    ),
    (
        r"could not be coded within|the coder gave up",
        "The text took too long. Give a shorter one, one report at a time.",
        "استغرق النص وقتا أطول مما ينبغي. أعط نصا أقصر، خبرا واحدا في كل مرة.",
    ),
    (
        r"there is no decision to undo",
        "No decision on this record stands that could be undone.",
        "لا يوجد قرار قائم على هذا الحدث يمكن التراجع عنه.",
    ),
    (
        r"no merge or split of it stands",
        "This story was not merged or split: there is nothing to undo.",
        "لم تُدمج هذه القصة ولم تُفصل، فلا شيء يُتراجع عنه.",
    ),
    (
        r"is not two stories",
        "Choose another story to merge with, or write its id.",
        "اختر قصة أخرى للدمج معها، أو اكتب معرّفها.",
    ),
    (
        r"a split needs some of its",
        "Tick some of the reports, but not all of them.",
        "علّم بعض الروايات، لا كلها.",
    ),
    (r"the story has gone into", "The story was merged into another.", "دُمجت هذه القصة في قصة أخرى."),
    (
        r"was withdrawn by a later reading",
        "A later reading of the article no longer has this record.",
        "لم يعد هذا الحدث قائما في القراءة الأحدث للخبر.",
    ),
    (
        r"^filter: Invalid enum value",
        "A filter in the address has a value that does not exist.",
        "في التصفية المذكورة في العنوان قيمة لا وجود لها.",
    ),
    (
        r"is not a cursor of this list",
        "Begin again at the first page of the list.",
        "ابدأ من جديد من الصفحة الأولى للقائمة.",
    ),
    (r"^Not Found$", "There is no page under this address.", "لا توجد صفحة بهذا العنوان."),
)
_found = tuple((re.compile(pattern), english, arabic) for pattern, english, arabic in _told)


def tell(message: str, language: str) -> str | None:
    """Return an error's message in the reader's words, or None if it has none but its own."""
    for pattern, *words in _found:
        match = pattern.search(message)
        if match:
            at = 1 if language == "ar" else 0
            values = {name: _kinds.get(value, (value, value))[at] for name, value in match.groupdict().items()}
            return words[at].format(**values)
    return None
