"""Find the dateline that opens the text of a report: "تونس 5 ديسمبر (رويترز) -", "دمشق-سانا", "القاهرة / الأناضول /"."""

from __future__ import annotations

from rawi.lexicon.compiled import Compiled, Name
from rawi.syntax.names import NameReader
from rawi.syntax.sentence import Sentence

dateline_length = 24  # tokens
_media = ("agency", "channel", "paper", "radio", "site")
_between = {
    "في",
    "من",
    "خاص",
    "هـ",
    "ه",
    "م",
    "الموافق",
    "وكالات",
    "الوكالات",
    "مراسل",
    "مراسلنا",
    "موفد",
    "المحتله",
    "ا",
    "ب",
    "اف",
    "ف",
}
_closing = {")", "-", "–", "—", "--", "/", ":", "»", "_", "ـ"}
_dashes = {"-", "–", "—", "--"}
_marks = {*_closing, "(", "«", "،", ",", ".", '"', "|", "//", "((", "))", "“", "”"}


def dateline_end(sentence: Sentence, lexicon: Compiled, names: NameReader) -> int:
    """Return the token after the dateline of a sentence, 0 where it has none.

    A dateline is a place, then nothing but days, agencies, bylines and marks, and a mark that closes it.
    """
    tokens, words = sentence.tokens, sentence.words
    stop = min(len(tokens) - 1, dateline_length)
    match = names.names_at(tokens, words, 0, stop) if stop > 2 and words[0] is not None else None
    place = names.choose_name(match, {"*"}, place_expected=True) if match is not None else None
    if match is None or place is None or match.conj or match.prep or not _is_place(lexicon, place):
        return 0
    times = {m.i: m.j for m in sentence.times}
    told = False  # an agency or a day has been named
    agency = 0  # the token after the last agency that follows a mark
    end, k = 0, match.j
    while k < stop:
        if tokens[k - 1].form in _dashes or (told and tokens[k - 1].form in _closing):
            end = k
        if k in times:
            k, told = times[k], True
            continue
        form = tokens[k].form
        if form in _marks or form in _between or form.isdigit():
            k += 1
            continue
        found = names.names_at(tokens, words, k, stop)
        name = names.choose_name(found, {"*"}) if found is not None else None
        if name is not None and found is not None and not found.conj and not found.prep:
            kind = lexicon.entities[name.entity].kind
            if kind in _media or (_is_place(lexicon, name) and tokens[k - 1].form in _marks | {"و"}):
                told = told or kind in _media
                if kind in _media and tokens[k - 1].form in _marks:
                    agency = found.j
                k = found.j
                continue
        if tokens[k - 1].form in _marks and names.begins_person(tokens, words, k, stop):
            j = names.name_end(tokens, words, k, stop, title=False)
            if j > k and j < stop and tokens[j].form in _marks:
                k = j  # a byline
                continue
        break
    if k < stop and k > match.j and (tokens[k - 1].form in _dashes or (told and tokens[k - 1].form in _closing)):
        end = k
    elif k < stop and agency == k:
        end = k  # دمشق-سانا: the agency closes it
    if end and not told and tokens[end].form.startswith("و"):
        return 0  # قطر - وهي الوسيط - دعت
    if end:
        seat = next((p for p in match.payloads if isinstance(p, Name) and p.way == "capital"), place)  # عمان, not Oman
        sentence.country = lexicon.entities[seat.entity].country
    return end


def _is_place(lexicon: Compiled, name: Name) -> bool:
    return name.way in ("place", "place?", "capital") or lexicon.entities[name.entity].kind in (
        None,
        "state",
        "territory",
    )
