"""Find who reports what: source, cue, content, carriers.

1. A reporting verb with its introducer (إن، أن، a colon, a quotation) opens a content that runs to the end of
   the sentence, or to the next reporting verb on its level. Without introducer it reports only what it governs in
   the way its lexicon entry says (كشف عن، نفى صحة) or, where the entry allows a noun, an event noun (أعلن مقتل).
2. The source is the subject of the verb; a continuing verb or a participle without one inherits it with the
   whole chain. What stands after لـ and is a medium carries the report: an outer hop.
3. In "نقلت A عن B" B is the source and A the carrier, and so in "ذكرت A نقلا عن B".
4. A passive reporting verb has no source. A denial of what was said before (نفى ذلك) has no content of its own.
5. Silence (رفض التعليق) is an attribution of its own, without content.
"""

from __future__ import annotations

from rawi.extract.attribution_phrases import headline_report, media_of_statements, phrase_report, trim_before_tags
from rawi.extract.introducers import behind_relative, find_introducer, introducer_word, later_quotation, quote_end
from rawi.extract.reports import Report, after_comma, bare, clause_end, grade_of, inside_quote, is_medium
from rawi.lexicon.compiled import Compiled, Cue
from rawi.syntax.clauses import Clause, read_clause
from rawi.syntax.groups import Group
from rawi.syntax.party import Party
from rawi.syntax.references import Reference, group_parties, references, subject_references
from rawi.syntax.sentence import Chunk, Sentence

__all__ = ["Report", "find_reports", "grade_of"]

_any_noun = "noun"  # in a cue's content: the verb may govern an event noun (أعلن مقتل)
_negators = {"لم", "لن", "لا", "ما"}
_prepositions = ("عن", "الي", "علي", "ب", "من")
_back = {
    "ذلك",
    "هذا",
    "هذه",
    "الامر",
    "الخبر",
    "الانباء",
    "النبا",
    "صحه",
    "المعلومات",
    "التقارير",
    "الاتهامات",
    "الاتهام",
    "المزاعم",
    "الاخبار",
}


def find_reports(sentence: Sentence, lexicon: Compiled) -> list[Report]:
    """Return the attributions of a sentence in the order of their cues."""
    reports: list[Report] = []
    chunks = sentence.chunks
    for k, chunk in enumerate(chunks):
        if chunk.kind in ("verb", "participle") and chunk.cues:
            report = _verb_report(sentence, lexicon, k, reports)
        elif chunk.kind == "cue":
            report = phrase_report(sentence, lexicon, k, reports)
        elif chunk.kind == "mark" and chunk.value == ":" and sentence.index == 0:
            report = headline_report(sentence, k)
        else:
            continue
        if report is not None:
            reports.append(report)
    media_of_statements(sentence, lexicon, reports)
    _close_contents(sentence, reports)
    trim_before_tags(reports)
    _quoting_media(reports)
    return [r for r in reports if r.content is not None or r.rule != "relay_phrase"]


# -- verbs -------------------------------------------------------------------------------------------------------------


def _statement_of(sentence: Sentence, lexicon: Compiled, k: int) -> list[Reference]:
    """في تعليق من الوزير، أكد أن: the verb's understood subject made the statement that opens the sentence."""
    chunks = sentence.chunks
    for m in range(k - 1):
        statement, by = chunks[m], chunks[m + 1]
        if (
            statement.prep in ("في", "ب")
            and by.prep in ("من", "ل")
            and by.party is not None
            and by.party.kind in ("role", "person")
        ):
            if any(lexicon.cues[c].kind == "noun" for c in statement.cues):
                return [Reference("party", by.i, by.party)]
    return []


def _verb_report(sentence: Sentence, lexicon: Compiled, k: int, earlier: list[Report]) -> Report | None:
    chunks = sentence.chunks
    chunk = chunks[k]
    verb = chunk.verb
    assert verb is not None
    clause = read_clause(sentence, k)
    carrier = _carrying_relative(sentence, lexicon, clause)
    if carrier is not None:
        return _carried(sentence, chunk, carrier, earlier)
    introducer = find_introducer(sentence, k)
    if introducer is None and any(
        lexicon.cues[c].inherits or "قال" in lexicon.verb_lexemes[verb.lexeme].citation for c in chunk.cues
    ):
        introducer = later_quotation(sentence, k)
    entry, opening = _choose_cue(sentence, lexicon, clause, introducer)
    if opening is not None:
        introducer = None
    if entry is None:
        return None
    report = Report(sentence, (chunk.i, chunk.j), entry, entry.stance, f"{entry.kind}_verb")
    report.verb = k
    if entry.kind == "decline":
        report.source = _first(_speakers(sentence, clause, lexicon, introducer))
        return report
    if entry.stance == "assert" and any(c.kind == "neg" and c.value in _negators for c in chunks[max(0, k - 1) : k]):
        return None
    sources = _speakers(sentence, clause, lexicon, introducer)
    sources = _issuer(sentence, sources) or sources
    if sources and sources[0].kind == "null" and chunk.kind == "verb":
        sources = _statement_of(sentence, lexicon, k) or sources
    quoted = _quoted_group(clause, entry, introducer)
    if chunk.kind == "participle":
        sources = _main_subject(sentence, k, earlier) or [Reference("null", chunk.i, value="3", number=verb.number)]
        report.inherits = sources[0].kind == "null"
    if verb.voice == "p" or entry.kind == "impersonal":
        report.rule = "passive_hides_source"
        if not sources or sources[0].kind == "null" or verb.voice == "p" or entry.kind == "impersonal":
            sources = []
    if quoted is not None and group_parties(quoted):
        report.source = _first(references(quoted))
        report.stance = "relay" if is_medium(report.source) else "assert"
        if (
            sources and sources[0].kind != "null" and entry.kind == "relay"
        ):  # the paper that has learnt something is the outlet itself
            report.carriers.append((sources[0], report.cue))
        report.rule = "relay_quotes_source"
    else:
        report.source = _first(sources)
        report.others = _joined(clause.subject, sources)
        if entry.inherits and (report.source is None or report.source.kind == "null"):
            report.inherits = True
    for group in clause.after:
        if group is clause.subject or group is quoted:
            continue
        medium = next((p for p in group_parties(group) if p.kind == "medium"), None)
        if medium is not None and (
            group.prep in ("ل", "الي")
            or (entry.kind == "say" and (group.prep == "مع" or (not group.prep and group in clause.objects)))
        ):
            report.carriers.append((Reference("party", medium.i, medium), report.cue))
            break
    report.content = _content(sentence, k, clause, introducer, opening)
    report.refers_back = entry.stance == "deny" and introducer is None and _points_back(sentence, clause)
    return report if report.content is not None or report.refers_back else None


def _quoted_group(clause: Clause, entry: Cue, introducer: int | None) -> Group | None:
    """Whom a relaying or learning verb has it from: نقلت عن، نسبت إلى ... أن، علمت من."""
    if entry.kind == "learn":
        return _group_with(clause, "من")
    if entry.kind != "relay":
        return None
    return _group_with(clause, "عن") or (
        _group_with(clause, "الي") if "الي" in entry.content and introducer is not None else None
    )


def _speakers(sentence: Sentence, clause: Clause, lexicon: Compiled, introducer: int | None) -> list[Reference]:
    """Who says it: the subject; after a reporting verb the first party without preposition, whatever its gender."""
    chunks = sentence.chunks
    verb = chunks[clause.verb].verb
    assert verb is not None
    if clause.subject is not None and sentence.tokens[clause.subject.head.i].form in ("و", "ف"):
        clause.subject = None  # a conjunction written apart
    subject = clause.subject
    if subject is not None and subject.head.senses and not subject.has_party():
        return [
            Reference("null", chunks[clause.verb].i, value=str(verb.person), number=verb.number)
        ]  # أعلن مقتل القائد
    found = subject_references(sentence, clause)
    if verb.voice == "p" or chunks[clause.verb].kind == "participle":
        return found
    if found and found[0].kind == "null" and verb.person == 3 and verb.number == "s":
        first = next((g for g in clause.after if not g.prep and not g.prep_role), None)
        if (
            first is not None
            and first.has_party()
            and (introducer is not None or len([g for g in clause.after if not g.prep]) > 1)
            and first.head.i - chunks[clause.verb].j <= 4
        ):
            return references(first) or found
    if not found and introducer is not None and subject is not None:
        found = _unknown_speaker(sentence, subject, lexicon)
    return found


def _issuer(sentence: Sentence, sources: list[Reference]) -> list[Reference]:
    """البيان الصادر عن الوزارة: whose statement it is."""
    party = sources[0].party if sources else None
    if (
        party is None
        or party.kind != "source"
        or not any(t.form in ("الصادر", "الصادره", "صادر", "صادره") for t in sentence.tokens[party.i : party.j + 1])
    ):
        return []
    following = next(
        (c for c in sentence.chunks if party.j <= c.i <= party.j + 1 and c.prep == "عن" and c.party is not None), None
    )
    return [Reference("party", following.i, following.party)] if following is not None else []


def _joined(subject: Group | None, sources: list[Reference]) -> list[Reference]:
    """مسعفون وناشطون: each of several joined sources vouches for himself."""
    if subject is None or len(sources) < 2 or len(sources) > 4 or len(subject.chunks) < 2:
        return []
    starts = {c.i for c in subject.chunks if c.conj == "و"}
    return [r for r in sources[1:] if r.party is not None and (r.party.i in starts or r.party.i - 1 in starts)]


def _main_subject(sentence: Sentence, k: int, earlier: list[Report]) -> list[Reference]:
    """Who a participle (مؤكدا، مشيرا إلى) belongs to where nobody was quoted yet: the subject of the main verb before it."""
    chunks = sentence.chunks
    if any(r.source is not None or r.inherits for r in earlier if r.verb is not None):
        return []
    for m in range(k):
        if chunks[m].kind != "verb":
            continue
        clause = read_clause(sentence, m)
        if clause.left_kind in ("rel", "comp", "sub") and m > 2:
            continue
        found = [r for r in subject_references(sentence, clause) if r.kind == "party"]
        return found[:1]
    return []


def _carrying_relative(sentence: Sentence, lexicon: Compiled, clause: Clause) -> Reference | None:
    """في تصريحات نقلتها قناة، في بيان بثته وكالة: the medium that carries the remarks the pronoun stands for."""
    chunks = sentence.chunks
    chunk = chunks[clause.verb]
    if not chunk.pronoun or not any(lexicon.cues[c].kind in ("relay", "say") for c in chunk.cues):
        return None
    if chunk.conj or (clause.verb and chunks[clause.verb - 1].kind in ("cue", "comp")):
        return None
    found = references(clause.subject) or next(
        (references(g) for g in clause.after if not g.prep and g.has_party()), []
    )
    return found[0] if found and is_medium(found[0]) else None


def _carried(sentence: Sentence, chunk: Chunk, carrier: Reference, earlier: list[Report]) -> Report | None:
    told = next((r for r in reversed(earlier) if r.stance not in ("relay", "decline")), None)
    if told is not None:
        told.carriers.append((carrier, (chunk.i, chunk.j)))
        return None
    report = Report(sentence, (chunk.i, chunk.j), None, "relay", "relative_relay")
    report.source, report.content = carrier, (0, len(sentence.tokens))
    return report


def _unknown_speaker(sentence: Sentence, subject: Group, lexicon: Compiled) -> list[Reference]:
    """Whoever says something is somebody: an unknown word as subject of a reporting verb is read as a person's name."""
    start, stop = subject.head.i, max(c.j for c in (subject.chunks[0], *subject.gens[:2]))
    word = sentence.words[start]
    common = lexicon.words.get("common_nouns", {})
    form = sentence.tokens[start].form
    if word is None or word.nouns or form in common or form.removeprefix("ال") in common or subject.head.value:
        return []
    party = Party(start, stop, "person")
    party.name = (start, stop)
    party.definite = True
    party.clip = len(subject.head.conj) if form.startswith(("و", "ف")) and subject.head.conj else 0
    subject.head.parties = [party]
    return [Reference("party", start, party)]


def _choose_cue(
    sentence: Sentence, lexicon: Compiled, clause: Clause, introducer: int | None
) -> tuple[Cue | None, int | None]:
    """Pick the cue entry that fits what follows the verb, and where without introducer its content begins; None where nothing is reported."""
    chunks = sentence.chunks
    chunk = chunks[clause.verb]
    word = introducer_word(sentence, introducer)
    governed = _governed(sentence, clause, introducer)
    near = {f for c in governed for t in sentence.tokens[c.i : c.j] for f in (t.form, bare(t.form))}
    near |= {f for t in sentence.tokens[chunk.j : chunk.j + 4] for f in (t.form, bare(t.form))}
    negated = any(c.kind == "neg" and c.value in _negators for c in chunks[max(0, clause.verb - 2) : clause.verb])
    tag = _is_tag(sentence, clause)
    best: Cue | None = None
    opening: int | None = None
    best_score = -1
    for entry in (lexicon.cues[c] for c in chunk.cues):
        score = 0
        start = None
        if entry.kind == "decline" and entry.content & _negators and not negated:
            continue
        if entry.if_next:
            if not entry.if_next & near:
                continue
            score += 3
        if word is None or behind_relative(chunks, clause.verb, introducer):
            start = _opening(sentence, clause, entry, governed)
        elif introducer is not None:
            start = _opening(sentence, clause, entry, _named_first(chunks, governed, introducer))
        if entry.content and entry.kind != "decline":
            if (
                word is not None
                and start is None
                and any(
                    word == c or c.endswith(" " + word) or (c == "ان" and word in ("ان", "بان")) for c in entry.content
                )
            ):
                score += 2
            elif word in (":", "quote") and start is None:
                score += 1
            elif word is not None and start is None and chunk.senses:
                continue
            elif start is not None:
                score += 1
            elif word is None and not entry.if_next and not tag:
                continue
        if (
            entry.kind == "narrator"
            and chunk.verb is not None
            and not (chunk.verb.voice == "p" or clause.subject is None)
        ):
            continue
        if (
            entry.kind == "impersonal"
            and not entry.if_next
            and (
                chunk.verb is None
                or chunk.verb.person != 3
                or word is None
                or (clause.subject is not None and clause.subject.has_party())
            )
        ):
            continue
        if entry.kind == "relay" and _group_with(clause, "عن") is not None:
            score += 3
        if entry.kind == "learn" and _group_with(clause, "من") is not None:
            score += 1
        if score > best_score:
            best, opening, best_score = entry, start, score
    if best is None or best.kind in ("narrator", "noun"):
        return None, None
    return best, opening


def _named_first(chunks: list[Chunk], governed: list[Chunk], introducer: int) -> list[Chunk]:
    """حذر من اندلاع احتجاجات "واسعة"، أعلن مقتل جنود، داعيا إلى "الهدوء": what is named before a quotation is what is reported."""
    quoted = chunks[introducer].kind == "quote"
    commas = [c.i for c in chunks[:introducer] if c.kind == "mark" and c.value in "،,"]
    return [
        c
        for c in governed
        if (quoted and c.prep and (c.senses or c.value))
        or (c.senses and not c.prep and not c.parties and any(c.i < at for at in commas))
    ]


def _is_tag(sentence: Sentence, clause: Clause) -> bool:
    """Whether a reporting verb only tags what was said before it: كما أعلنت الشرطة، «...» قال الوزير, or relays by a pronoun."""
    chunks = sentence.chunks
    k = clause.verb
    if chunks[k].pronoun:
        # التطورات التي يشهدها البلد: there the pronoun is what the relative clause describes
        return clause.left_kind != "rel"
    if k > 2 and chunks[k - 1].kind in ("sub", "conj") and sentence.tokens[chunks[k - 1].i].form == "كما":
        return not chunks[k].senses or len(clause.after) < 2  # كما حذر المشرعين من رفض الاتفاق: an act of its own
    return k > 2 and any(c.kind == "quote" for c in chunks[max(0, k - 3) : k]) and clause.left_kind in ("", "mark")


def _governed(sentence: Sentence, clause: Clause, introducer: int | None) -> list[Chunk]:
    """The noun phrases after a verb that it can govern, over commas: up to the next verb, relative or stop."""
    out: list[Chunk] = []
    chunks = sentence.chunks
    stop = introducer if introducer is not None else min(len(chunks), clause.verb + 12)
    commas = 0
    for chunk in chunks[clause.verb + 1 : stop]:
        if chunk.kind in ("verb", "participle", "comp", "sub", "opener", "cue", "rel") and not (
            chunk.kind == "verb" and chunk is chunks[clause.verb + 1]
        ):
            break
        if chunk.kind == "mark":
            commas += 1
            if chunk.value not in "،,()-–" or commas > 3:
                break
        if chunk.kind in ("np", "verb"):
            out.append(chunk)
    return out


def _opening(sentence: Sentence, clause: Clause, entry: Cue, governed: list[Chunk]) -> int | None:
    """The token where what a verb without introducer reports begins."""
    preps = {c for c in entry.content if c in _prepositions}
    pairs = {
        c.rsplit(" ", 1)[0] if c.endswith((" ان", " بان")) else c
        for c in entry.content
        if c.split()[0] in _prepositions and " " in c
    }
    nouns = {
        bare(c.split()[0])
        for c in entry.content
        if c.split()[0] not in _prepositions and c not in ("ان", "بان", _any_noun)
    }
    subject = clause.subject.chunks if clause.subject is not None else []
    for chunk in governed:
        form = sentence.tokens[chunk.i].form
        if chunk.prep and (chunk.prep in preps or f"{chunk.prep} {form}" in pairs):
            return chunk.i
        if nouns and (bare(form) in nouns or form in nouns):
            return chunk.i
        if entry.if_next and (form in entry.if_next or bare(form) in entry.if_next):
            return chunk.i
        plain = not chunk.prep and not chunk.prep_role and not chunk.gen and chunk.kind in ("np", "verb")
        if (
            _any_noun in entry.content
            and plain
            and not chunk.conj
            and not (chunk in subject and chunk.parties)
            and (not chunk.parties or chunk.senses)
        ):
            return chunk.i
    return None


def _content(
    sentence: Sentence, k: int, clause: Clause, introducer: int | None, opening: int | None
) -> tuple[int, int] | None:
    chunks = sentence.chunks
    end = len(sentence.tokens)
    if introducer is not None:
        start = chunks[introducer].j
        if (
            chunks[introducer].kind == "mark"
            and introducer + 1 < len(chunks)
            and chunks[introducer + 1].kind == "quote"
        ):
            introducer += 1
        if chunks[introducer].kind == "quote":
            return start, quote_end(chunks, introducer, end)
        return start, clause_end(sentence, introducer + 2, start, end)
    if opening is not None:
        # what the verb governs (أعلن مقتل ...، كشف عن ...)
        return opening, clause_end(sentence, k + 1, opening, end)
    if k > 2 and sentence.tokens[chunks[k - 1].i].form == "كما":
        return 0, chunks[k - 1].i  # ... كما أعلنت الشرطة: a tag on the clause before it
    if k > 0 and any(c.kind == "quote" for c in chunks[max(0, k - 3) : k]) and clause.left_kind in ("", "mark"):
        first = next((c for c in chunks[:k] if c.kind == "quote"), None)
        if first is not None and first.i < chunks[k].i - 4:
            return first.j, chunks[k].i  # a quotation before the verb: «...» قال الوزير
    return chunks[k].j, clause_end(sentence, k + 1, chunks[k].j, end)


def _points_back(sentence: Sentence, clause: Clause) -> bool:
    """Whether what is denied is what was said before: ذلك، صحة ذلك، الخبر، with nothing that tells it anew."""
    chunks = sentence.chunks
    verb = chunks[clause.verb]
    if verb.pronoun:
        return True
    rest = [c for c in chunks[clause.verb + 1 : clause.right] if c.kind in ("np", "pron", "dem")]
    if any(c.senses for c in rest if c.kind == "np" and sentence.tokens[c.i].form not in _back):
        return False
    stop = chunks[clause.right - 1].j if clause.right > clause.verb + 1 else verb.j
    return clause.right_kind in ("mark", "", "participle") and any(
        t.form in _back for t in sentence.tokens[verb.j : stop]
    )


# -- between attributions ----------------------------------------------------------------------------------------------


def _close_contents(sentence: Sentence, reports: list[Report]) -> None:
    """End each content where the next reporting verb on its level begins."""
    chunks = sentence.chunks
    for n, report in enumerate(reports):
        if report.content is None or report.verb is None:
            continue
        start, stop = report.content
        for later in reports[n + 1 :]:
            if later.verb is None or later.sentence is not sentence:
                continue
            chunk = chunks[later.verb]
            if chunk.i < start or chunk.i >= stop:
                continue
            quoted = inside_quote(sentence, start, chunk.i)
            also = later.verb > 0 and sentence.tokens[chunks[later.verb - 1].i].form == "كما"
            joined = (
                chunk.kind == "participle" or (chunk.conj and not quoted) or after_comma(chunks, later.verb) or also
            )
            if chunk.kind == "participle" and later.inherits:
                stop = min(stop, chunk.i)
                break
            if joined and not quoted and (also or (later.entry is not None and (later.entry.inherits or chunk.conj))):
                stop = min(stop, chunk.i)
                break
        if stop > start:
            report.content = (start, stop)


def _quoting_media(reports: list[Report]) -> None:
    """ذكرت صحيفة نقلا عن مصادر أن: the sources are quoted inside; a medium that lets others speak relays them."""
    for n, report in enumerate(reports):
        if report.verb is None or report.content is None or report.source is None:
            continue
        start, stop = report.content
        for other in reports[n + 1 :]:
            if other.content is None or other.source is None:
                continue
            between = other.rule == "relay_phrase" and report.cue[1] <= other.cue[0] < start
            if between and is_medium(other.source) and not is_medium(report.source):
                report.carriers.append((other.source, other.cue))  # أوضح الوزير في حديث مع وكالة
                other.content = None
                continue
            if between:
                other.content = report.content
            if (
                (between or (start <= other.cue[0] < stop and other.stance != "deny"))
                and is_medium(report.source)
                and report.stance == "assert"
            ):
                report.stance = "relay"


# -- small parts -------------------------------------------------------------------------------------------------------


def _group_with(clause: Clause, prep: str) -> Group | None:
    return next((g for g in clause.after if g.prep == prep), None)


def _first(found: list[Reference]) -> Reference | None:
    return found[0] if found else None
