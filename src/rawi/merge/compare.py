"""Whether two reports may tell one event, and how likely it is.

Two reports never belong together when they are of one article (but for a sentence that was read twice for
one act), of types that have nothing to do with each other, of days that exclude each other, or when their parties are disjoint: with two or more parties in each,
two must be the same (with one, that one); a side that both fill must have a party in common; doer and
sufferer may not have changed places; and an act of force may not be in two countries.

Otherwise the likeness is a weighted mean of how well parties, days, words and places agree.
"""

from __future__ import annotations

from rawi.merge.blocks import is_vague, placed, related, share_keys
from rawi.merge.features import Features, number_of, stem
from rawi.merge.parties import Party, share, side_likeness

threshold = 0.52

_weights = {"parties": 0.40, "days": 0.25, "words": 0.25, "place": 0.10}
_related_type = 0.06  # taken off when the types differ
_other_mode = 0.03
_remote = 0.10  # a call is not a visit
_one_side = 0.65  # what the agreement of one side is worth when a report leaves the other open
_one_particular = 0.8
_all_there_is = 0.75  # both name this one party and nobody else
_nobody = 0.3  # when one of them names no party at all
_same_mode = 0.02

# Acts that one party may do to another several times a day, in several places.
_repeatable = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "RETREAT", "AID"})
_one_party_only = 0.18
_same_parties = 0.06


def likeness(a: Features, b: Features) -> float | None:
    """Return how likely two reports tell one event, 0 to 1; None when they cannot.

    Symmetric: the order of the two does not matter.
    """
    if a.article == b.article:
        return 1.0 if _read_twice(a, b) else None
    if a.type != b.type and b.type not in related.get(a.type, ()):
        return None
    days = _days(a, b)
    if days is None:
        return None
    parties = _parties(a, b)
    if parties is None:
        return None
    place = _place(a, b)
    if place is None:
        return None
    words = _words(a, b)
    if parties == _nobody and (place < 1.0 or words < 0.25 or not a.place or a.type not in placed):
        if a.parties or b.parties or not _same_words(a, b):
            return None
    score = (
        _weights["parties"] * parties + _weights["days"] * days + _weights["words"] * words + _weights["place"] * place
    )
    if a.type != b.type:
        score -= _related_type
    elif a.mode and b.mode and a.mode != b.mode:
        score -= _remote if (a.mode == "phone") != (b.mode == "phone") else _other_mode
    elif a.mode and a.mode == b.mode:
        score += _same_mode
    if place < 1.0 and words < 0.25:
        score -= _without_evidence(a, b)
    return score


def _read_twice(a: Features, b: Features) -> bool:
    """Return whether one sentence was read twice for one act (its verb, and the noun that the verb carries)."""
    return (
        a.type == b.type
        and a.negated == b.negated
        and bool(a.shingles)
        and a.shingles == b.shingles
        and bool(a.parties)
        and (a.actors, a.recipients) == (b.actors, b.recipients)
        and (not a.place or not b.place or a.place == b.place)
        and (not a.mode or not b.mode or a.mode == b.mode)
        and _days(a, b) is not None
        and share_keys(a, b)
    )


def _without_evidence(a: Features, b: Features) -> float:
    """Return what is taken off when neither place nor words say that it is one event.

    Nothing where a person is common, or two parties in an act that they would not do twice a day. One party
    alone, a state or group that does much in a day, is not enough, nor are two of one country.
    """
    common = share(a.parties, b.parties)
    if any(level >= 0.9 and (one.is_person or (level == 1.0 and len(one.words) >= 3)) for one, level in common):
        return 0.0
    if len({one.key for one, _ in common}) < 2:
        return _one_party_only
    if a.type not in _repeatable:
        return 0.0
    return _same_parties if _particular(common) else 2 * _same_parties


def _days(a: Features, b: Features) -> float | None:
    """Return how well the days agree; None when they exclude each other."""
    if a.first_day is None or b.first_day is None or a.last_day is None or b.last_day is None:
        # Neither date nor publication date: only nearly the same words can tell, in two such reports.
        return 0.5 if a.first_day == b.first_day and _same_words(a, b) else None
    if a.first_day > b.last_day or b.first_day > a.last_day:
        return None
    if (is_vague(a) or is_vague(b)) and (a.first_day, a.last_day) != (b.first_day, b.last_day):
        return None
    if a.dated and b.dated:
        exact_a, exact_b = a.first_day == a.last_day, b.first_day == b.last_day
        if exact_a and exact_b:
            return 1.0
        if (a.first_day, a.last_day) == (b.first_day, b.last_day):
            return 0.8 if a.last_day - a.first_day <= 31 else 0.5
        span = max(a.last_day - a.first_day, b.last_day - b.first_day)
        return 0.7 if span <= 7 else 0.4 if span <= 31 else 0.2
    if not a.dated and not b.dated:
        apart = abs((a.published or 0) - (b.published or 0))
        return (1.0, 0.4, 0.2)[apart] if apart <= 2 else 0.2
    dated, undated = (a, b) if a.dated else (b, a)
    if dated.first_day != dated.last_day:
        return 0.5
    if undated.last_day is not None and undated.first_day is not None and undated.published == undated.first_day:
        return 0.8 if dated.first_day == undated.first_day else 0.6  # planned: ahead of its publication
    behind = (undated.published or 0) - (dated.first_day or 0)
    return (0.9, 0.6, 0.3)[behind] if 0 <= behind <= 2 else 0.2


def _parties(a: Features, b: Features) -> float | None:
    """Return how well the parties agree; None when they are disjoint or have changed places."""
    all_a, all_b = a.parties, b.parties
    if not all_a or not all_b:
        return _nobody
    common = share(all_a, all_b)
    named = min(len(_firm(all_a)), len(_firm(all_b)))
    if len(common) < max(1, min(2, named)) or not share_keys(a, b):
        return None
    # One side only: a known group or person says more than a state that does many things in a day.
    alone = _one_particular if _particular(common) else _one_side
    if a.symmetric or b.symmetric:
        if not (a.symmetric and b.symmetric) and a.type == b.type and _turned(a, b):
            return None
        if not (a.recipients or b.recipients or a.thirds or b.thirds) and len(a.actors) == len(b.actors) == 1:
            alone = max(alone, _all_there_is)
        level = min(1.0, sum(level for _, level in common) / max(1, named or min(len(all_a), len(all_b))))
        if a.symmetric and b.symmetric and min(len(a.actors), len(b.actors)) > 0:
            level = max(level, side_likeness(a.actors, b.actors))
        return level * (1.0 if len(common) > 1 else alone)
    doers = _side(a.actors, b.actors, b.thirds, a.thirds)
    sufferers = _side(a.recipients, b.recipients, b.thirds, a.thirds)
    if doers == 0.0 or sufferers == 0.0 or (doers is None and sufferers is None):
        return None
    if doers is None or sufferers is None:
        return (doers or sufferers or 0.0) * alone
    return (doers + sufferers) / 2


def _particular(common: list[tuple[Party, float]]) -> bool:
    """Return whether a known group, person or place is common to both, or somebody of the same full name."""
    return any(level >= 0.9 and (one.is_particular or (level == 1.0 and len(one.words) >= 3)) for one, level in common)


def _firm(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    return tuple(party for party in parties if party.is_firm)


def _turned(a: Features, b: Features) -> bool:
    """Return whether the only doer of the report without a sufferer is no doer in the other: it suffers there."""
    one, other = (a, b) if a.symmetric else (b, a)
    return (
        len(one.actors) == 1
        and not one.thirds
        and bool(other.actors)
        and side_likeness(one.actors, other.actors) == 0.0
    )


def _side(
    a: tuple[Party, ...], b: tuple[Party, ...], thirds_b: tuple[Party, ...], thirds_a: tuple[Party, ...]
) -> float | None:
    """Return how well one side agrees; 0.0 when it is filled by others, None when a report leaves it open.

    A side that is only described, such as the residents or European countries, is open unless the words agree.
    """
    if not a or not b:
        return None
    level = max(side_likeness(a, b), 0.8 * side_likeness(a, thirds_b), 0.8 * side_likeness(thirds_a, b))
    if level == 0.0 and (not _firm(a) or not _firm(b)):
        return None
    return level


def _place(a: Features, b: Features) -> float | None:
    """Return how well the places agree, 0.5 when one is not told; None for an act of force in two countries."""
    if a.place_country and b.place_country and a.place_country != b.place_country:
        return None if a.type in placed and b.type in placed else 0.3
    if not a.place or not b.place:
        named, unplaced = (a, b) if a.place else (b, a)
        return 1.0 if stands_in_words(named, unplaced) else 0.5
    one, other = set(a.place), set(b.place)
    if one <= other or other <= one:
        return 1.0
    return 0.6 if one & other else 0.1


def stands_in_words(named: Features, other: Features) -> bool:
    """Return whether the place of one report stands in the words of the other."""
    return any(len(word) > 2 and number_of(stem(word)) in other.words for word in named.place)


def _words(a: Features, b: Features) -> float:
    """Return how much of the shorter sentence's telling words the other has; a third where there is little to compare.

    The names of parties are left out where both reports know them as parties: those have been compared. A name
    that is a party in one report only, and stands in the other's sentence, tells as any word does.
    """
    compared = a.names & b.names
    one, other = a.words - compared, b.words - compared
    return (len(one & other) + 0.5) / (min(len(one), len(other)) + 1.5)


def _same_words(a: Features, b: Features) -> bool:
    """Return whether two sentences are nearly the same."""
    return bool(set(a.signature) & set(b.signature)) and 2 * len(a.shingles & b.shingles) >= len(
        a.shingles | b.shingles
    )
