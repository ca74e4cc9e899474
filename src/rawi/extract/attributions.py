"""Find who reports what: source, cue, content, carriers.

1. A reporting verb with its introducer (إن، أن، a colon, a quotation) opens a content that runs to the end of
   the sentence, or to the next reporting verb on its level; an unclosed quotation runs on.
2. The source is the subject of the verb; a continuing verb or a participle without one inherits it with the
   whole chain. What stands after لـ and is a medium carries the report: an outer hop.
3. In "نقلت A عن B" B is the source and A the carrier. "بحسب X" covers the clause it is attached to.
4. "X: ..." in a headline reports. A passive reporting verb has no source.
5. Silence (رفض التعليق، لم يصدر تعليق) is an attribution of its own, without content.
"""

from __future__ import annotations

from rawi.lexicon.compiled import Compiled, Cue
from rawi.syntax.chunks import Chunk, Sentence
from rawi.syntax.clauses import Clause, Group, read_clause
from rawi.syntax.parties import Party
from rawi.syntax.references import Reference, group_parties, references, subject_references

_introducer_marks = {":", "«", '"', "“", "”"}


class Report:
    """One attribution as found in a sentence. ``content`` and ``cue`` are half-open token spans of the sentence."""

    __slots__ = ("carriers", "content", "cue", "entry", "inherits", "nested", "open_quote", "rule", "sentence", "source", "stance", "verb")

    def __init__(self, sentence: Sentence, cue: tuple[int, int], entry: Cue | None, stance: str, rule: str) -> None:
        self.sentence, self.cue, self.entry, self.stance, self.rule = sentence, cue, entry, stance, rule
        self.source: Reference | None = None
        self.carriers: list[tuple[Reference, tuple[int, int]]] = []
        self.content: tuple[int, int] | None = None
        self.inherits = False
        self.nested = False
        self.open_quote = False
        self.verb: int | None = None


def find_reports(sentence: Sentence, lexicon: Compiled) -> list[Report]:
    """Return the attributions of a sentence in the order of their cues."""
    reports: list[Report] = []
    chunks = sentence.chunks
    for k, chunk in enumerate(chunks):
        if chunk.kind in ("verb", "participle") and chunk.cues:
            report = _verb_report(sentence, lexicon, k, reports)
        elif chunk.kind == "cue":
            report = _phrase_report(sentence, lexicon, k)
        elif chunk.kind == "mark" and chunk.value == ":" and sentence.index == 0:
            report = _headline_report(sentence, k)
        else:
            continue
        if report is not None:
            reports.append(report)
    _media_of_statements(sentence, lexicon, reports)
    _close_contents(sentence, reports)
    return reports


def _media_of_statements(sentence: Sentence, lexicon: Compiled, reports: list[Report]) -> None:
    """في تصريحات لقناة، في حديث مع وكالة: the medium carries what is said in the sentence."""
    chunks = sentence.chunks
    for k, chunk in enumerate(chunks[:-1]):
        if chunk.kind != "np" or not any(lexicon.cues[c].kind == "noun" for c in chunk.cues):
            continue
        for following in chunks[k + 1 : k + 4]:
            if following.kind == "np" and following.prep in ("ل", "مع", "الي") and following.party is not None and following.party.kind == "medium":
                reference = Reference("party", following.i, following.party)
                cue = (chunk.i, chunk.j)
                if any(r.carriers for r in reports):
                    break
                if reports:
                    reports[0].carriers.append((reference, cue))
                else:
                    report = Report(sentence, cue, None, "relay", "statement_to_medium")
                    report.source, report.content = reference, (0, len(sentence.tokens))
                    reports.append(report)
                break


# -- verbs -------------------------------------------------------------------------------------------------------------


def _verb_report(sentence: Sentence, lexicon: Compiled, k: int, earlier: list[Report]) -> Report | None:
    chunks = sentence.chunks
    chunk = chunks[k]
    clause = read_clause(sentence, k)
    introducer = _introducer(sentence, k)
    entry = _choose_cue(sentence, lexicon, clause, introducer)
    if entry is None:
        return None
    verb = chunk.verb
    assert verb is not None
    report = Report(sentence, (chunk.i, chunk.j), entry, entry.stance, f"{entry.kind}_verb")
    report.verb = k
    if entry.kind == "decline":
        report.source = _first(subject_references(sentence, clause))
        return report
    negated = any(c.kind == "neg" and c.value in ("لم", "لن", "لا", "ما") for c in chunks[max(0, k - 1) : k])
    if negated and entry.stance in ("assert",):
        return None
    relay_from = _group_with(clause, "عن") if entry.kind == "relay" else None
    sources = subject_references(sentence, clause)
    if not sources and introducer is not None and clause.subject is not None and verb.voice != "p":
        sources = _unknown_speaker(sentence, clause.subject, lexicon)
    if chunk.kind == "participle":
        sources = [Reference("null", chunk.i, value="3", number=verb.number)]
        report.inherits = True
    if verb.voice == "p" or (entry.kind == "impersonal"):
        report.source, report.rule = None, "passive_hides_source"
        if not sources or sources[0].kind == "null" or verb.voice == "p":
            sources = []
    if relay_from is not None and group_parties(relay_from):
        inner = references(relay_from)
        carrier = sources[0] if sources else None
        report.source = inner[0] if inner else None
        report.stance = "assert"
        if carrier is not None and carrier.kind != "null":
            report.carriers.append((carrier, report.cue))
        report.rule = "relay_quotes_source"
    else:
        report.source = _first(sources)
        if entry.inherits and (report.source is None or report.source.kind == "null"):
            report.inherits = True
    if chunk.pronoun and clause.antecedent is not None and entry.kind == "relay":
        # تصريحات نقلتها قناة: the carrier of the remarks, a hop around the attribution they belong to
        carrier_party = _first(references(clause.subject)) if clause.subject else None
        if carrier_party is None:
            return None
        if earlier:
            earlier[-1].carriers.append((carrier_party, report.cue))
            return None
        if carrier_party.party is None or carrier_party.party.kind != "medium":
            return None
        report.source, report.stance, report.verb, report.rule = carrier_party, "relay", None, "relative_relay"
        report.content = (0, len(sentence.tokens))
        return report
    for group in clause.after:
        if group.prep == "ل" or group.prep == "الي":
            for party in group_parties(group):
                if party.kind == "medium":
                    report.carriers.append((Reference("party", party.i, party), report.cue))
                    break
    if not report.carriers:
        for group in clause.after:
            medium = next((p for p in group_parties(group) if p.kind == "medium"), None)
            if medium is not None and group is not clause.subject and entry.kind == "say" and (group.prep in ("ل", "مع", "الي") or (group in clause.objects and not group.prep)):
                report.carriers.append((Reference("party", medium.i, medium), report.cue))
                break
    report.content = _content(sentence, k, clause, introducer)
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


def _introducer(sentence: Sentence, k: int) -> int | None:
    """Return the index of the chunk that introduces the content of the cue verb at ``k``: a complementizer, colon or quotation."""
    chunks = sentence.chunks
    depth_comma = 0
    for m in range(k + 1, min(len(chunks), k + 26)):
        chunk = chunks[m]
        if chunk.kind == "comp" and chunk.value == "لكن":
            return None
        if chunk.kind == "comp":
            return m
        if chunk.kind == "mark" and chunk.value == ":":
            return m
        if chunk.kind == "quote":
            if chunk.value in "»”" and chunk.value != '"' and not (chunk.value == "”" and m + 1 < len(chunks)):
                continue
            # a short quotation is a name: لـ«الشرق الأوسط»
            closing = next((n for n in range(m + 1, len(chunks)) if chunks[n].kind == "quote"), None)
            if closing is not None and closing - m <= 3 and chunks[closing].i - chunk.j <= 5:
                continue
            previous = chunks[m - 1]
            if previous.kind == "quote":
                continue
            return m
        if chunk.kind == "verb" and chunk.cues and chunk.pronoun:
            continue  # نقلتها القناة
        if chunk.kind in ("sub",) or (chunk.kind == "verb" and m - k > 1 and not _in_relative(chunks, k, m)):
            return None
        if chunk.kind == "mark" and chunk.value in "،,":
            depth_comma += 1
            if depth_comma > 4:
                return None
        if chunk.kind == "mark" and chunk.value in ".;؛":
            return None
    return None


def _in_relative(chunks: list[Chunk], k: int, m: int) -> bool:
    return any(c.kind == "rel" for c in chunks[max(k, m - 3) : m]) or bool(chunks[m].pronoun)


def _choose_cue(sentence: Sentence, lexicon: Compiled, clause: Clause, introducer: int | None) -> Cue | None:
    """Pick the cue entry that fits what follows the verb; None where the verb reports nothing here."""
    chunks = sentence.chunks
    chunk = chunks[clause.verb]
    entries = [lexicon.cues[c] for c in chunk.cues]
    word = _introducer_word(sentence, introducer)
    following = sentence.tokens[chunk.j].form if chunk.j < len(sentence.tokens) else ""
    best: Cue | None = None
    best_score = -1
    for entry in entries:
        score = 0
        if entry.if_next:
            heads = {following, _bare(following)} | {_bare(g.head_form(sentence)) if hasattr(g, "head_form") else "" for g in ()}
            near = {_bare(t.form) for t in sentence.tokens[chunk.j : chunk.j + 4]}
            if not (entry.if_next & (heads | near)):
                continue
            score += 3
        if entry.content:
            if word is not None and any(word == c or c.endswith(" " + word) or (c == "ان" and word in ("ان", "بان")) for c in entry.content):
                score += 2
            elif word in (":", "quote"):
                score += 1
            elif any(_bare_prep(c) and any(g.prep == _bare_prep(c) for g in clause.after) for c in entry.content):
                score += 1
            elif word is None and not clause.after and not entry.inherits:
                continue
            elif word is not None and chunk.senses:
                continue
        if entry.kind == "narrator" and chunk.verb is not None and not (chunk.verb.voice == "p" or clause.subject is None):
            continue
        if entry.kind == "impersonal" and (chunk.verb is None or chunk.verb.person != 3 or (clause.subject is not None and (clause.subject.has_party() or word is None))):
            continue
        if entry.kind == "relay" and _group_with(clause, "عن") is not None:
            score += 3
        if score > best_score:
            best, best_score = entry, score
    if best is None or best.kind == "narrator":
        return None
    if best.kind == "noun":
        return None
    return best


def _bare_prep(word: str) -> str:
    return word.split()[0] if word.split()[0] in ("عن", "الي", "علي", "ب", "من") else ""


def _introducer_word(sentence: Sentence, introducer: int | None) -> str | None:
    if introducer is None:
        return None
    chunk = sentence.chunks[introducer]
    if chunk.kind == "comp":
        return chunk.value or sentence.tokens[chunk.i].form
    return ":" if chunk.value == ":" else "quote"


def _content(sentence: Sentence, k: int, clause: Clause, introducer: int | None) -> tuple[int, int] | None:
    chunks = sentence.chunks
    end = len(sentence.tokens)
    if introducer is not None:
        start = chunks[introducer].j
        if chunks[introducer].kind == "mark" and introducer + 1 < len(chunks) and chunks[introducer + 1].kind == "quote":
            introducer += 1
        if chunks[introducer].kind == "quote":
            return start, _quote_end(chunks, introducer, end)
        return start, _content_end(sentence, introducer, end)
    if k > 0 and chunks[k - 1].kind == "conj" and chunks[k - 1].value == "كما" and k > 2:
        return 0, chunks[k - 1].i  # ... كما أعلنت الشرطة: a tag on the clause before it
    # a quotation before the verb: «...» قال الوزير
    if k > 0 and any(c.kind == "quote" for c in chunks[max(0, k - 3) : k]) and clause.left_kind in ("", "mark"):
        opening = next((c for c in chunks[:k] if c.kind == "quote"), None)
        if opening is not None and opening.i < chunks[k].i - 4:
            return opening.j, chunks[k].i
    # no introducer: what the verb governs (أعلن مقتل ...، كشف عن ...)
    return chunks[k].j, _content_end(sentence, k, end)


def _quote_end(chunks: list[Chunk], opening: int, end: int) -> int:
    """The token where the quotation opened by chunk ``opening`` is closed, nested ones passed over."""
    mark = chunks[opening].value
    depth = 0
    for chunk in chunks[opening + 1 :]:
        if chunk.kind != "quote":
            continue
        if mark == "«":
            if chunk.value == "«":
                depth += 1
            elif chunk.value == "»":
                if depth == 0:
                    return chunk.i
                depth -= 1
        elif chunk.value in '"”“\'' and chunk.i > chunks[opening].j + 2:
            return chunk.i
    return end


def _content_end(sentence: Sentence, introducer: int, end: int) -> int:
    """A reported clause ends before a comma and a contrasting clause of its own: ، فيما / بينما / في حين."""
    chunks = sentence.chunks
    for m in range(introducer + 2, len(chunks)):
        if chunks[m].kind == "sub" and chunks[m].value == "contrast" and _after_comma(chunks, m) and not _inside_quote(sentence, chunks[introducer].j, chunks[m].i):
            return chunks[m].i
    return end


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
            if chunk.i < start:
                continue
            quoted = _inside_quote(sentence, start, chunk.i)
            joined = chunk.kind == "participle" or (chunk.conj and not quoted) or _after_comma(chunks, later.verb)
            if chunk.kind == "participle" and later.inherits:
                stop = min(stop, chunk.i)
                break
            if joined and not quoted and (later.entry is not None and (later.entry.inherits or chunk.conj)):
                stop = min(stop, chunk.i)
                break
        if stop > start:
            report.content = (start, stop)


def _after_comma(chunks: list[Chunk], k: int) -> bool:
    return k > 0 and chunks[k - 1].kind == "mark" and chunks[k - 1].value in "،,"


def _inside_quote(sentence: Sentence, start: int, at: int) -> bool:
    """Say whether a quotation opened in ``[start-1, at)`` is still open at ``at``."""
    opened = 0
    for chunk in sentence.chunks:
        if chunk.kind == "quote" and start - 1 <= chunk.i < at:
            if chunk.value == "«" or chunk.value == "“":
                opened += 1
            elif chunk.value == "»":
                opened -= 1
            else:
                opened = 0 if opened else 1
    return opened > 0


# -- phrases and headlines ---------------------------------------------------------------------------------------------


def _phrase_report(sentence: Sentence, lexicon: Compiled, k: int) -> Report | None:
    chunks = sentence.chunks
    chunk = chunks[k]
    entry = next((lexicon.cues[c] for c in chunk.cues), None)
    if entry is None or entry.kind in ("narrator", "noun"):
        return None
    report = Report(sentence, (chunk.i, chunk.j), entry, entry.stance, f"{entry.kind}_phrase")
    if entry.kind == "decline":
        report.source = _decline_source(sentence, k)
        return report
    end = len(sentence.tokens)
    if entry.kind == "impersonal":
        report.content = (chunk.j, end)
        return report
    party, after = _source_after(sentence, k)
    if entry.kind in ("according", "relay", "learn"):
        report.source = party
        if party is None and entry.kind != "impersonal":
            return None
        medium = party is not None and party.party is not None and party.party.kind == "medium"
        report.stance = "relay" if medium and entry.stance in ("assert", "relay") else "assert" if entry.stance == "relay" else entry.stance
        start = _segment_start(chunks, k)
        report.content = (after, end) if chunk.i - start <= 2 else (start, end)
        if entry.kind == "relay" and entry.stance == "relay":
            report.stance = "relay" if medium else "assert"
        report.nested = True
        return report
    if entry.kind == "say":
        report.source = party
        report.content = (chunk.j, end)
        return report if party is not None else None
    return None


def _segment_start(chunks: list[Chunk], k: int) -> int:
    """The token where the clause begins that a tag like بحسب belongs to: after the last cue before it, or the sentence start."""
    return 0


def _source_after(sentence: Sentence, k: int) -> tuple[Reference | None, int]:
    """Return the party after a phrase like بحسب, over ما + a reporting verb if there is one, and the token after it."""
    chunks = sentence.chunks
    m = k + 1
    while m < len(chunks) and m <= k + 5:
        chunk = chunks[m]
        if chunk.kind == "np" and chunk.parties:
            return Reference("party", chunk.i, chunk.parties[0]), chunk.j
        if chunk.kind == "verb" and chunk.cues:
            clause = read_clause(sentence, m)
            found = references(clause.subject) if clause.subject else []
            if not found:
                for group in clause.after:
                    found = references(group)
                    if found:
                        break
            if found:
                party = found[0].party
                return found[0], party.j if party is not None else chunk.j
            return None, chunk.j
        if chunk.kind == "np" and not chunk.parties:
            m += 1
            continue
        if chunk.kind in ("rel", "adv", "quote", "dem", "time", "place"):
            m += 1
            continue
        break
    return None, chunks[k].j


def _decline_source(sentence: Sentence, k: int) -> Reference | None:
    """Return the silent party of a phrase like لم يصدر تعليق: after من or عن, else the party before."""
    chunks = sentence.chunks
    for m in range(k + 1, min(len(chunks), k + 6)):
        if chunks[m].kind == "np" and chunks[m].parties:
            return Reference("party", chunks[m].i, chunks[m].parties[0])
    for m in range(k - 1, -1, -1):
        if chunks[m].kind == "np" and chunks[m].parties:
            return Reference("party", chunks[m].i, chunks[m].parties[0])
    return None


def _headline_report(sentence: Sentence, k: int) -> Report | None:
    """"X: ..." at the head of a headline: X says what follows."""
    chunks = sentence.chunks
    before = [c for c in chunks[:k] if c.kind not in ("quote",)]
    if not before or len(before) > 3 or any(c.kind not in ("np", "mark", "pron") for c in before):
        return None
    party = before[-1].party or before[0].party
    if party is None or party.kind in ("place",) or any(c.senses for c in before):
        return None
    if party.kind == "state" and party.way != "capital":
        return None
    report = Report(sentence, (chunks[k].i, chunks[k].j), None, "assert", "headline_colon")
    report.source = Reference("party", party.i, party)
    report.content = (chunks[k].j, len(sentence.tokens))
    return report


# -- small parts -------------------------------------------------------------------------------------------------------


def _group_with(clause: Clause, prep: str) -> Group | None:
    return next((g for g in clause.after if g.prep == prep), None)


def _first(found: list[Reference]) -> Reference | None:
    return found[0] if found else None


def _bare(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def grade_of(party: Party | None, lexicon: Compiled) -> str:
    """Grade a source by how it is identified (codebook section 5)."""
    if party is None:
        return "agentless"
    if party.name is not None or party.kind == "person":
        return "named"
    if party.kind in ("org", "state", "medium", "force", "name"):
        return "institution"
    role = lexicon.roles[party.role] if party.role is not None else None
    if role is not None and role.kind == "person" and party.definite and party.number == "s" and role.head:
        return "named"
    if role is not None and role.kind in ("source", "person"):
        office = party.country is not None or party.sector in ("MIL", "COP", "SPY", "JUD", "LEG", "REB", "IGO")
        return "unnamed_official" if office else "unnamed"
    return "unnamed"
