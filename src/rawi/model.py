"""The frozen records that every stage speaks: articles, actors, attributions, events, coded articles.

Spans are half-open pairs of Unicode code-point offsets into ``Article.text``. Dates are ISO 8601
strings (``YYYY-MM-DD``, ``YYYY-MM``, ``YYYY`` or an interval ``A/B``). The field names are those
of the codebook, section 7; what JSON holds is what these types hold.
"""

from __future__ import annotations

from typing import Literal

import msgspec

type_names = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip

Span = tuple[int, int]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Status = Literal["occurred", "ongoing", "planned", "possible", "negated"]
Stance = Literal["assert", "allege", "deny", "relay", "decline"]
Grade = Literal["named", "institution", "unnamed_official", "unnamed", "agentless"]
Sector = Literal[
    "GOV", "MIL", "JUD", "LEG", "PTY", "OPP", "REB", "SPY", "COP", "JRN", "NGO", "IGO", "BUS", "CVL", "UNK",
]  # fmt: skip
Role = Literal["host", "mediator", "on_behalf", "about"]


class Article(msgspec.Struct, frozen=True, omit_defaults=False):
    """One report as it was given.

    ``text`` is the title, one newline and the body where a title is given apart, each exactly as
    given; ``body_start`` is the offset of the body in it.
    """

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    body_start: int = 0
    url: str | None = None


class Actor(msgspec.Struct, frozen=True):
    """A party, source or third party of the article, with every span that mentions it."""

    id: str
    name: str
    name_en: str | None = None
    country: str | None = None
    sector: Sector = "UNK"
    entity: str | None = None
    mentions: tuple[Span, ...] = ()


class Attribution(msgspec.Struct, frozen=True):
    """One hop: on whose word, with which cue, over which content; ``within`` is the next hop outwards."""

    id: str
    source: str | None
    source_span: Span | None
    cue: Span | None
    content: Span | None
    stance: Stance
    grade: Grade
    within: str | None = None


class ThirdParty(msgspec.Struct, frozen=True):
    """A host, mediator, principal or topic of an event."""

    actor: str
    role: Role


class EventDate(msgspec.Struct, frozen=True):
    """When an event happens; ``text`` and ``span`` are null when the date was inferred."""

    value: str
    text: str | None = None
    span: Span | None = None


class Place(msgspec.Struct, frozen=True):
    """Where an event happens, as written, with the ISO 3166 alpha-3 country."""

    text: str
    country: str | None = None
    span: Span | None = None


class Event(msgspec.Struct, frozen=True):
    """One coded event. ``chain`` lists attribution ids from the innermost source outwards."""

    id: str
    type: EventType
    mode: str | None
    contexts: tuple[str, ...]
    status: Status
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    third_parties: tuple[ThirdParty, ...]
    trigger: Span
    extent: Span
    date: EventDate | None
    place: Place | None
    purpose: Span | None
    chain: tuple[str, ...]
    confidence: float
    rules: tuple[str, ...] = ()


class Notice(msgspec.Struct, frozen=True):
    """Something a reader of the record should know, such as a date that contradicts its weekday."""

    code: str
    message: str
    span: Span | None = None


class CoderVersion(msgspec.Struct, frozen=True):
    """What made a record: the program, the lexicon (content hash) and the ontology."""

    rawi: str
    lexicon: str
    ontology: str


class CodedArticle(msgspec.Struct, frozen=True):
    """What was read out of one article."""

    article: Article
    actors: tuple[Actor, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[Event, ...] = ()
    warnings: tuple[Notice, ...] = ()
    coder: CoderVersion | None = None
    error: str | None = None


Review = Literal["unreviewed", "accepted", "corrected", "rejected", "skipped"]
Reliability = Literal["A", "B", "C", "D", "E", "F"]
StoryState = Literal["possible", "planned", "claimed", "ongoing", "occurred", "negated", "denied"]


class Record(msgspec.Struct, frozen=True):
    """An event as a ledger keeps it: what it says now, with the article it stands in and its review.

    ``id`` is unique and never reused; ``event.id`` is the event's id within its coded article, and
    ``input_id`` the id under which the article was given. ``rev`` rises with every change.
    """

    id: str
    article: str
    input_id: str
    version: int
    outlet: str | None
    published: str | None
    title: str | None
    event: Event
    actors: tuple[Actor, ...]
    attributions: tuple[Attribution, ...]
    review: Review
    rev: int
    live: bool
    story: str | None
    coder: CoderVersion | None


class Selector(msgspec.Struct, frozen=True):
    """A W3C TextPositionSelector (start, end) and TextQuoteSelector (exact, prefix, suffix) in one.

    ``part`` is trigger, extent, date, place, purpose, party, source, cue or content; ``ref`` the event, actor
    or attribution it belongs to. Offsets are code points of the text, half-open.
    """

    part: str
    ref: str | None
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


class ExportedRecord(msgspec.Struct, frozen=True):
    """A record with the words it rests on and what is known of its story: one line of an export."""

    record: Record
    text_sha256: str
    evidence: tuple[Selector, ...]
    n_articles: int | None
    n_outlets: int | None
    n_origins: int | None
    credibility: int | None
    reviewed_by: str | None
    reviewed_at: str | None


class ActorCorrection(msgspec.Struct, frozen=True):
    """What a reviewer made of an actor: as the machine had it (None if it had none), and as it should be."""

    record: str
    who: str
    at: str
    written: tuple[str, ...]
    before: Actor | None
    after: Actor


class Report(msgspec.Struct, frozen=True):
    """One article's report of a story.

    ``article`` is the id under which the article was given, ``event`` the event's id in its coded article;
    ``record`` is the ledger's id of the two together. ``origin`` is the key of the origin it rests on.
    """

    article: str
    outlet: str | None
    event: str
    record: str
    published: str | None
    type: EventType
    status: Status
    state: StoryState
    origin: str
    affirms: bool


class Origin(msgspec.Struct, frozen=True):
    """One independent originator of a story, and the records that go back to it."""

    key: str
    name: str
    grade: Grade
    affirms: bool
    outlets: tuple[str, ...]
    records: tuple[str, ...]
    reliability: Reliability = "F"


class StatusChange(msgspec.Struct, frozen=True):
    """A day on which reports gave a story a state that it did not have before."""

    published: str | None
    state: StoryState
    records: tuple[str, ...]


class Contradiction(msgspec.Struct, frozen=True):
    """What the reports of a story disagree on; each value with the records that have it."""

    kind: Literal["denial", "date", "number", "actors", "recipients", "place"]
    values: dict[str, tuple[str, ...]]


class Story(msgspec.Struct, frozen=True):
    """One event as several articles report it.

    Best date, place and parties are those that most origins agree on. ``credibility`` (1-6) is derived from
    independent origins and contradictions, ``reliability`` (A-F) is the best that the user gave an affirming
    origin; ``docs/ledger.md`` has the rules.
    """

    id: str
    type: EventType
    mode: str | None
    status: StoryState
    contested: bool
    date: str | None
    place: Place | None
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    first_seen: str | None
    last_seen: str | None
    n_articles: int
    n_outlets: int
    n_origins: int
    credibility: int
    reliability: Reliability
    reports: tuple[Report, ...]
    origins: tuple[Origin, ...]
    history: tuple[StatusChange, ...]
    contradictions: tuple[Contradiction, ...]
