"""Turn what was found in the sentences of an article into its records.

1. Sentences are resolved in order: parties first, then attributions, then events.
2. The chain of an event is every attribution whose content holds its trigger, smallest content first, each
   with the carriers around it; an attribution without source of its own inherits the last one with its chain.
3. Who demands, threatens or praises is not a hop of his own act.
4. Events of one type with compatible parties, status and date are one event (``resolve.merging``).
"""

from __future__ import annotations

from rawi.extract.occurrences import Occurrence
from rawi.extract.reports import Report
from rawi.lexicon.compiled import Compiled
from rawi.resolve.actors import ActorBook
from rawi.resolve.drafts import EventDraft
from rawi.resolve.event_drafts import EventResolver
from rawi.resolve.hops import HopResolver
from rawi.resolve.references import Resolver
from rawi.syntax.sentence import Sentence


class ArticleResolver:
    """Resolves one article."""

    def __init__(self, lexicon: Compiled, book: ActorBook, outlet_entity: str | None) -> None:
        self.book = book
        self.resolver = Resolver(lexicon, book)
        self.attributions = HopResolver(lexicon, book, self.resolver, outlet_entity)
        self.happenings = EventResolver(lexicon, self.resolver)
        self.last_told: list[EventDraft] = []  # what the last sentence with events told

    @property
    def events(self) -> list[EventDraft]:
        """The events of the article so far."""
        return self.happenings.events

    def sentence(self, sentence: Sentence, reports: list[Report], occurrences: list[Occurrence]) -> None:
        """Resolve one sentence; sentences come in text order."""
        for chunk in sentence.chunks:
            for party in chunk.parties:
                if party.kind != "place":
                    self.resolver.note(self.book.register(sentence, party))
        hops = self.attributions.read(sentence, reports, self.last_told)
        told = self.happenings.read(sentence, occurrences, hops)
        self.attributions.leave_open(sentence, hops)
        if not hops:
            self.attributions.who_acted_speaks(told)
        self.last_told = told or self.last_told
