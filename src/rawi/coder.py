"""Code one article: text to sentences, chunks, mentions, records. The pipeline reads from top to bottom."""

from __future__ import annotations

import functools
import re
from collections import Counter
from typing import cast

from rawi.extract.attributions import find_reports
from rawi.extract.events import EventReader
from rawi.extract.purposes import purpose_of
from rawi.extract.times import TimeReader
from rawi.lexicon.compile import end
from rawi.lexicon.compiled import Compiled, Entity, Name
from rawi.lexicon.lexicon import open_lexicon
from rawi.model import (
    Actor,
    Article,
    Attribution,
    CodedArticle,
    CoderVersion,
    Event,
    EventType,
    Grade,
    Notice,
    Place,
    Stance,
    Status,
    ThirdParty,
)
from rawi.resolve.actors import ActorBook, ActorDraft
from rawi.resolve.article import ArticleResolver
from rawi.resolve.article_days import date_headlines, date_incidents, date_speech, dateline_day, last_days, tells_again
from rawi.resolve.chains import settle_chains
from rawi.resolve.dates import date_event, date_of_report
from rawi.resolve.drafts import EventDraft, HopDraft
from rawi.resolve.merging import merge_events
from rawi.resolve.modes import settle_modes
from rawi.resolve.places import country_of_event, settle_people
from rawi.resolve.rank import Ranker
from rawi.resolve.reactions import name_judged
from rawi.resolve.roles import tidy_roles
from rawi.syntax.chunks import ChunkReader
from rawi.syntax.sentence import Sentence
from rawi.syntax.words import Word
from rawi.text.fold import Folded, fold, fold_word
from rawi.text.sentences import find_sentences
from rawi.text.tokens import Token, find_tokens

version = "0.1.0"


longest_sentence = 240  # tokens


_spoken = frozenset(["SUPPORT", "AGREE", "REJECT", "THREATEN", "CONCEDE"])
# Forces whose short name (الاحتلال، الحرس، قوات النظام) may stand once their state, or the land they hold, is spoken of.
_armies = {"ISR": "org.idf", "PSE": "org.idf", "IRN": "org.irgc", "SYR": "org.sy-army-assad"}


class Coder:
    """Codes articles with one lexicon. Make it once, use it for many articles."""

    def __init__(self, lexicon: Compiled) -> None:
        self.lexicon = lexicon
        self.chunks = ChunkReader(lexicon)
        self.events = EventReader(lexicon)
        self.times = TimeReader(lexicon)
        self.ranker = Ranker(lexicon)
        self.latin: dict[str, list[Entity]] = {}  # media by the letters of their English names, filled when first asked
        self.version = CoderVersion(version, lexicon.version, lexicon.ontology_version)

    def code(self, article: Article) -> CodedArticle:
        """Return the coded article; see the codebook for what is coded."""
        folded = fold(article.text)
        sentences = self.read(article, folded)
        outlet, home = self._outlet(article.outlet)
        lone = len(sentences) == 1 and not article.title
        if lone:
            home = None  # a sentence without article may be about any country
        book = ActorBook(self.lexicon, article.published, home)
        resolver = ArticleResolver(self.lexicon, book, outlet)
        known: set[str] = set()
        for sentence in sorted(
            sentences, key=lambda s: s.title
        ):  # the headline calls by short names who the text introduces
            self.analyse(sentence, known)
        book.topic = topic_country(sentences)
        book.home = next((s.country for s in sentences if s.country), None) or home
        for sentence in sentences:
            resolver.sentence(sentence, find_reports(sentence, self.lexicon), self.events.find(sentence))
        warnings: list[Notice] = []
        published = date_of_report(article, folded, sentences, warnings)
        for event in resolver.events:
            event.date = date_event(event, folded, published, warnings)
        date_incidents(resolver.events, sentences, published)
        date_speech(resolver.events, resolver.attributions.spoken, dateline_day(sentences, published), published)
        merged = merge_events(resolver.events)
        name_judged(merged, self.lexicon)
        for event in merged:
            settle_people(event)
        settle_modes(merged)
        date_headlines(merged, sentences, published, self.lexicon)
        last_days(merged, sentences)
        events = self.ranker.keep(merged, lone=lone)
        tidy_roles(events)
        if not lone:
            events = [e for e in events if _worth_a_record(e)]
        settle_chains(events, resolver.attributions.hops, resolver.attributions.statements)
        return _records(article, folded, book, resolver, events, self.version, tuple(warnings))

    def read(self, article: Article, folded: Folded) -> list[Sentence]:
        """Return the sentences of an article with their words read."""
        out: list[Sentence] = []
        body = article.body_start
        for start, stop in find_sentences(folded.text):
            for tokens in _portions(find_tokens(folded.text, start, stop)):
                words = [self._word(folded, t) for t in tokens]
                title = folded.source(start) < body
                out.append(Sentence(len(out), tokens[0].start, tokens[-1].stop, tokens, words, title))
                out[-1].opens = not title and len(out) < 4
        return out

    def _word(self, folded: Folded, token: Token) -> Word | None:
        form = token.form
        if not form[0].isalnum():
            return None
        if form[-1] in "هيا":
            return self.chunks.words.read_token(form, folded.given[folded.source(token.stop - 1)])
        return self.chunks.words.read(form)

    def analyse(self, sentence: Sentence, known: set[str]) -> None:
        """Fill times and chunks of a sentence."""
        live = any(word is not None and word.live for word in sentence.words) or tells_again(sentence)
        if not live and sentence.index > 0:
            if sentence.index < 3:
                sentence.times = self.times.find(sentence)  # a dateline
            return  # nothing happens and nobody speaks here
        sentence.times = self.times.find(sentence)
        sentence.lengths = self.times.lengths(sentence)
        self.chunks.chunk(sentence, known)
        for chunk in sentence.chunks:
            for party in chunk.parties:
                if party.entity:
                    known.add(party.entity)
                if party.country in _armies:
                    known.add(_armies[party.country])
                if party.name is not None:
                    known.update(self.chunks.parties.introduced(sentence.tokens, party))

    def _outlet(self, outlet: str | None) -> tuple[str | None, str | None]:
        """Return the entity and country of the outlet, where the lexicon knows it."""
        if not outlet:
            return None, None
        node = self.lexicon.names
        for word in fold_word(outlet).split(" "):
            found = node.get(word)
            if found is None:
                return self._by_latin_name(outlet)
            node = found
        for payload in node.get(end, ()):
            if isinstance(payload, Name):
                entity = self.lexicon.entities[payload.entity]
                return entity.id, entity.country
        return self._by_latin_name(outlet)

    def _by_latin_name(self, outlet: str) -> tuple[str | None, str | None]:
        """aawsat, Al-Yaum: an outlet given by the last part of its id or by its English name."""
        if not self.latin:
            for entity in self.lexicon.entities.values():
                if entity.id.startswith("med."):
                    for slug in {_letters(entity.id[4:]), _letters(entity.name_en)}:
                        self.latin.setdefault(slug, []).append(entity)
        slug = _letters(outlet)
        found = self.latin.get(slug, []) if slug else []
        return (found[0].id, found[0].country) if len(found) == 1 else (None, None)


def _worth_a_record(event: EventDraft) -> bool:
    """In an article an attack or a protest of nobody against nobody is worth a record only where day and place are told.

    An act of speech without anybody who speaks is none.
    """
    if event.type in _spoken and not event.actors:
        return False
    if event.actors or event.recipients:
        return True
    return event.date is not None and event.occurrence.place is not None


def _purpose(folded: Folded, event: EventDraft) -> tuple[int, int] | None:
    occurrence = event.occurrence
    tokens = occurrence.sentence.tokens
    found = purpose_of(occurrence.sentence, occurrence.on)
    return folded.span(tokens[found[0]].start, tokens[found[1] - 1].stop) if found is not None else None


def _letters(name: str) -> str:
    """The Latin letters and digits of a name, without what stands in brackets."""
    return re.sub(r"[^a-z0-9]+", "", name.partition("(")[0].casefold())


def _portions(tokens: list[Token]) -> list[list[Token]]:
    """Cut a sentence that goes on for hundreds of words, after a mark where there is one: reading costs more than linearly."""
    out: list[list[Token]] = []
    while len(tokens) > longest_sentence:
        cut = longest_sentence
        for k in range(longest_sentence - 1, longest_sentence // 2, -1):
            if not tokens[k].form[0].isalnum():
                cut = k + 1
                break
        out.append(tokens[:cut])
        tokens = tokens[cut:]
    if tokens:
        out.append(tokens)
    return out


def topic_country(sentences: list[Sentence]) -> str | None:
    """Return the country an article is about: the one its parties belong to most often, the headline counting twice.

    A bare institution (الحكومة، الجيش) is taken to be that country's.
    """
    counts: Counter[str] = Counter()
    for sentence in sentences:
        if sentence.country:
            counts[sentence.country] += 1
        for chunk in sentence.chunks:
            for country in dict.fromkeys(p.country for p in chunk.parties if p.country and p.sector != "JRN"):
                counts[country] += 2 if sentence.index == 0 else 1
    return counts.most_common(1)[0][0] if counts else None


@functools.cache
def default_coder(overlays: tuple[str, ...] = ()) -> Coder:
    """Return a coder with the shipped lexicon and the given overlay files."""
    return Coder(open_lexicon(overlays))


def code_article(article: Article, overlays: tuple[str, ...] = ()) -> CodedArticle:
    """Code one article with the shipped lexicon.

    Raises:
        LexiconError: a lexicon file cannot be read.
    """
    return default_coder(overlays).code(article)


def _records(
    article: Article, folded: Folded, book: ActorBook, resolver: ArticleResolver, events: list[EventDraft],
    coder: CoderVersion, warnings: tuple[Notice, ...],
) -> CodedArticle:  # fmt: skip
    used: set[int] = set()
    hops: list[HopDraft] = []

    def hop_id(hop: HopDraft) -> str:
        if hop.id < 0:
            hop.id = len(hops)
            hops.append(hop)
            if hop.source is not None:
                used.add(hop.source.id)
        return f"s{hop.id + 1}"

    rows: list[Event] = []
    for number, event in enumerate(events, 1):
        chain = tuple(hop_id(h) for h in event.chain)
        for actor in (*event.actors, *event.recipients, *(a for _, a in event.third)):
            used.add(actor.id)
        sentence = event.occurrence.sentence
        extent = folded.span(sentence.start, sentence.stop)
        rows.append(
            Event(
                id=f"e{number}",
                type=cast(EventType, event.type),
                mode=event.mode,
                contexts=event.occurrence.sense.contexts,
                status=cast(Status, event.status),
                actors=tuple(f"a{a.id + 1}" for a in event.actors),
                recipients=tuple(f"a{a.id + 1}" for a in event.recipients),
                third_parties=tuple(ThirdParty(f"a{a.id + 1}", role) for role, a in event.third),  # type: ignore[arg-type]
                trigger=folded.span(*event.trigger),
                extent=extent,
                date=event.date,
                place=_place(folded, event),
                purpose=_purpose(folded, event),
                chain=chain,
                confidence=round(event.occurrence.score, 2),
                rules=(event.sense_id, *event.rules),
            )
        )
    for hop in resolver.attributions.silences:
        hop_id(hop)
    attributions = tuple(
        Attribution(
            id=f"s{hop.id + 1}",
            source=f"a{hop.source.id + 1}" if hop.source is not None else None,
            source_span=folded.span(*hop.source_span) if hop.source_span else None,
            cue=folded.span(*hop.cue) if hop.cue else None,
            content=folded.span(*hop.content) if hop.content else None,
            stance=cast(Stance, hop.stance),
            grade=cast(Grade, hop.grade),
            within=f"s{hop.within.id + 1}" if hop.within is not None and hop.within.id >= 0 else None,
        )
        for hop in hops
    )
    actors = tuple(_actor(folded, book, draft) for draft in book.actors if draft.id in used)
    return CodedArticle(article, actors, attributions, tuple(rows), warnings, coder)


def _actor(folded: Folded, book: ActorBook, draft: ActorDraft) -> Actor:
    entity = book.lexicon.entities.get(draft.entity) if draft.entity else None
    spans = tuple(sorted(folded.span(*m) for m in draft.mentions))
    # a state by its own name where it has one here (قطر, not الدوحة)
    own = [m for m in draft.mentions if draft.kind == "state" and folded.text[m[0] : m[1]] == draft.name]
    longest = folded.span(*own[0]) if own else max(spans, key=lambda s: s[1] - s[0], default=None)
    name = folded.given[longest[0] : longest[1]] if longest else draft.name
    return Actor(
        id=f"a{draft.id + 1}", name=name, name_en=entity.name_en or None if entity else None, country=draft.country,
        sector=draft.sector, entity=draft.entity, mentions=spans,  # type: ignore[arg-type]
    )  # fmt: skip


def _place(folded: Folded, event: EventDraft) -> Place | None:
    if event.place is None:
        return None
    sentence, place = event.place
    start, stop = sentence.tokens[place[0]].start, sentence.tokens[place[1] - 1].stop
    span = folded.span(start, stop)
    return Place(folded.given[span[0] : span[1]], country_of_event(event), span)
