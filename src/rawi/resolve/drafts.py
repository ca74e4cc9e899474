"""The drafts of an article's events and attributions, filled in step by step while it is resolved."""

from __future__ import annotations

from rawi.extract.occurrences import Occurrence
from rawi.model import EventDate
from rawi.resolve.actors import ActorDraft
from rawi.syntax.sentence import Sentence

Interval = tuple[int, int]


class HopDraft:
    """One attribution hop; offsets are into the folded text of the article."""

    __slots__ = ("content", "cue", "grade", "id", "source", "source_span", "stance", "within")

    def __init__(
        self, source: ActorDraft | None, source_span: Interval | None, cue: Interval | None, stance: str, grade: str
    ) -> None:
        self.source, self.source_span, self.cue, self.stance, self.grade = source, source_span, cue, stance, grade
        self.content: Interval | None = None
        self.within: HopDraft | None = None
        self.id = -1


class EventDraft:
    """One event; ``chain`` is innermost first."""

    __slots__ = (
        "actors",
        "chain",
        "date",
        "headline",
        "judged",
        "mode",
        "occurrence",
        "place",
        "recipients",
        "rules",
        "sense_id",
        "status",
        "third",
        "trigger",
        "type",
    )

    def __init__(self, occurrence: Occurrence) -> None:
        self.occurrence = occurrence
        self.type = occurrence.sense.type
        self.mode = occurrence.mode
        self.status = occurrence.status
        self.actors: list[ActorDraft] = []
        self.recipients: list[ActorDraft] = []
        self.third: list[tuple[str, ActorDraft]] = []
        self.chain: list[HopDraft] = []
        self.rules = list(occurrence.rules)
        self.date: EventDate | None = None
        self.place: tuple[Sentence, Interval] | None = None
        if occurrence.place is not None:
            self.place = (occurrence.sentence, occurrence.place)
        tokens = occurrence.sentence.tokens
        self.trigger = (tokens[occurrence.trigger[0]].start, tokens[occurrence.trigger[1] - 1].stop)
        self.sense_id = occurrence.sense.id
        self.judged = occurrence.judged
        self.headline = occurrence.sentence.title  # stays when the event is joined with its telling in the body
