"""Say in what country an event happens, and give its nameless people that country."""

from __future__ import annotations

from rawi.resolve.drafts import EventDraft, Interval
from rawi.syntax.party import Party
from rawi.syntax.sentence import Sentence


def place_country(sentence: Sentence, place: Interval) -> str | None:
    """Return the country of the place that stands on the tokens ``place`` of a sentence."""
    party = _party_at(sentence, place)
    return party.country if party is not None else None


def country_of_event(event: EventDraft) -> str | None:
    """Return the country of the place where an event is told to happen, in any of its tellings."""
    return place_country(*event.place) if event.place is not None else None


def settle_people(event: EventDraft) -> None:
    """مقتل عشرة أشخاص في بغداد، تظاهر الآلاف في أنقرة: nameless people are of the country where it happens, not of the topic's."""
    if event.type not in ("ASSAULT", "PROTEST"):
        return
    struck = next((r.country for r in event.recipients if r.kind == "place" and r.country), None)
    country = struck or _named_country(event)
    if country is None:
        return
    for draft in event.recipients if event.type == "ASSAULT" else event.actors:
        nameless = not draft.entity and not draft.name_words and not draft.vague
        if draft.guessed or (
            draft.country is None
            and nameless
            and draft.kind in ("people", "role", "org")
            and draft.sector not in ("REB", "IGO", "NGO", "JRN")
            and not draft.foreign
        ):
            draft.country, draft.guessed = country, False


def _named_country(event: EventDraft) -> str | None:
    """The country of the place that the clause of an event names, or of the nisba on it (في المنطقة القبلية الباكستانية)."""
    occurrence = event.occurrence
    chunks = occurrence.sentence.chunks
    party = _party_at(occurrence.sentence, occurrence.place) if occurrence.place is not None else None
    if party is not None:
        return party.country
    for chunk in chunks[occurrence.on + 1 : occurrence.span[1] + 1]:
        if chunk.nisba is not None and chunk.prep in ("في", "ب", "داخل") and not chunk.parties and not chunk.senses:
            return chunk.nisba if len(chunk.nisba) == 3 else None
    return None


def _party_at(sentence: Sentence, place: Interval) -> Party | None:
    return next((p for c in sentence.chunks for p in c.parties if p.i == place[0]), None)
