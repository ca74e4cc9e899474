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

from rawi.extract.attribution_phrases import (
    headline_report,
    media_of_statements,
    phrase_report,
    silence_report,
    trim_before_tags,
)
from rawi.extract.cue_choice import choose_cue, negators
from rawi.extract.introducers import find_introducer, later_quotation, quote_end
from rawi.extract.reports import Report, after_comma, clause_end, inside_quote, is_medium
from rawi.extract.speakers import (
    carrying_relative,
    issuer,
    joined_sources,
    main_clause_subject,
    quoted_group,
    read_carried,
    speakers,
    statement_of,
)
from rawi.lexicon.compiled import Compiled, Cue
from rawi.syntax.clauses import Clause, read_clause
from rawi.syntax.groups import Group
from rawi.syntax.references import Reference, group_parties, references
from rawi.syntax.sentence import Sentence

__all__ = ["Report", "find_reports"]

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
        elif chunk.kind == "verb" and sentence.tokens[chunk.i].form in ("يصدر", "تصدر"):
            report = silence_report(sentence, k)
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


def _verb_report(sentence: Sentence, lexicon: Compiled, k: int, earlier: list[Report]) -> Report | None:
    chunks = sentence.chunks
    chunk = chunks[k]
    verb = chunk.verb
    assert verb is not None
    clause = read_clause(sentence, k)
    carrier = carrying_relative(sentence, lexicon, clause)
    if carrier is not None:
        return read_carried(sentence, chunk, carrier, earlier)
    introducer = find_introducer(sentence, k)
    if introducer is None and any(
        lexicon.cues[c].inherits or "قال" in lexicon.verb_lexemes[verb.lexeme].citation for c in chunk.cues
    ):
        introducer = later_quotation(sentence, k)
    entry, opening = choose_cue(sentence, lexicon, clause, introducer)
    if opening is not None:
        introducer = None
    if entry is None:
        return None
    report = Report(sentence, (chunk.i, chunk.j), entry, entry.stance, f"{entry.kind}_verb")
    report.verb = k
    if entry.kind == "decline":
        report.source = _first(speakers(sentence, clause, lexicon, introducer))
        return report
    if entry.stance == "assert" and k and chunks[k - 1].kind == "neg" and chunks[k - 1].value in negators:
        return None
    sources = _sources(sentence, lexicon, clause, introducer, earlier)
    if chunk.kind == "participle":
        report.inherits = sources[0].kind == "null"
    if entry.kind == "impersonal" or verb.voice == "p":
        report.rule = "passive_hides_source"
        sources = []
    quoted = _read_sources(report, entry, clause, sources, introducer)
    _read_addressed_medium(report, entry, clause, quoted)
    report.content = _content(sentence, k, clause, introducer, opening)
    report.refers_back = entry.stance == "deny" and introducer is None and _points_back(sentence, clause)
    return report if report.content is not None or report.refers_back else None


def _sources(
    sentence: Sentence, lexicon: Compiled, clause: Clause, introducer: int | None, earlier: list[Report]
) -> list[Reference]:
    """Whose word a verb gives: its subject, or who issued the statement that is its subject or opens the sentence."""
    chunk = sentence.chunks[clause.verb]
    verb = chunk.verb
    assert verb is not None
    sources = speakers(sentence, clause, lexicon, introducer)
    if chunk.kind == "participle":
        return main_clause_subject(sentence, clause.verb, earlier) or [
            Reference("null", chunk.i, value="3", number=verb.number)
        ]
    sources = issuer(sentence, sources) or sources
    if sources and sources[0].kind == "null":
        sources = statement_of(sentence, lexicon, clause.verb) or sources
    return sources


def _read_sources(
    report: Report, entry: Cue, clause: Clause, sources: list[Reference], introducer: int | None
) -> Group | None:
    """Fill source, joined sources and carriers of a report; return the phrase that names whom a medium quotes (نقلت عن)."""
    quoted = quoted_group(clause, entry, introducer)
    if quoted is not None and group_parties(quoted):
        report.source = _first(references(quoted))
        report.stance = "relay" if is_medium(report.source) else "assert"
        if sources and sources[0].kind != "null" and entry.kind == "relay":
            report.carriers.append((sources[0], report.cue))  # the paper that has learnt something is the outlet itself
        report.rule = "relay_quotes_source"
    else:
        report.source = _first(sources)
        report.others = joined_sources(clause.subject, sources)
        if entry.inherits and (report.source is None or report.source.kind == "null"):
            report.inherits = True
    return quoted


def _read_addressed_medium(report: Report, entry: Cue, clause: Clause, quoted: Group | None) -> None:
    """قال لوكالة رويترز، أبلغ الصحيفة: the medium that is told carries the report."""
    for group in clause.after:
        if group is clause.subject or group is quoted:
            continue
        medium = next((p for p in group_parties(group) if p.kind == "medium"), None)
        if medium is not None and (
            group.prep in ("ل", "الي")
            or (entry.kind == "say" and (group.prep == "مع" or (not group.prep and group in clause.objects)))
        ):
            report.carriers.append((Reference("party", medium.i, medium), report.cue))
            return


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


def _first(found: list[Reference]) -> Reference | None:
    return found[0] if found else None
