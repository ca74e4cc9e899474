"""Make a story of its reports: best date, place and parties, status over time, contradictions, credibility."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from rawi.ledger.dates import bounds
from rawi.ledger.document import parties
from rawi.merge.compare import stands_in_words
from rawi.merge.features import mutual
from rawi.merge.origins import Member, find_origins
from rawi.merge.parties import likeness, party, same
from rawi.model import Actor, Contradiction, EventType, Origin, Place, Report, StatusChange, Story, StoryState

Side = Literal["actor", "recipient"]


def summarise(story_id: str, members: Sequence[Member]) -> Story:
    """Return the story that these reports make; their order does not matter."""
    ordered = sorted(members, key=lambda member: member.features.position)
    origins = find_origins(ordered)
    origin_of = {record: origin for origin in reversed(origins) for record in origin.records}
    # A report that both affirms and carries a denial rests on what it affirms.
    origin_of |= {record: origin for origin in reversed(origins) if origin.affirms for record in origin.records}
    reports = tuple(_report(member, origin_of[member.record]) for member in ordered)
    vote = _Vote(ordered, {member.record: origin_of[member.record].key for member in ordered})
    history = _history(reports)
    published = sorted(report.published for report in reports if report.published)
    sides = {side: _best_side(ordered, side, vote) for side in ("actor", "recipient")}
    contradictions = tuple(_contradictions(ordered, reports, origins, sides))
    affirming, denying = _count(origins, True), _count(origins, False)
    vouching = _vouching(origins, reports)
    type_ = _most_common_type(ordered, vote)
    return Story(
        id=story_id,
        type=type_,
        mode=vote.best(lambda member: member.document.event.mode),
        status=_status(history, reports, vouching, denying),
        contested=affirming > 0 and denying > 0,
        date=vote.best(lambda member: _exactness(member)[1], rank=lambda member: _exactness(member)[0]),
        place=_best_place(ordered, vote),
        actors=sides["actor"],
        recipients=_met_besides(sides["actor"], sides["recipient"]) if type_ in mutual else sides["recipient"],
        first_seen=published[0] if published else None,
        last_seen=published[-1] if published else None,
        n_articles=len({member.features.article for member in ordered}),
        n_outlets=len({member.outlet or f"article {member.features.article}" for member in ordered}),
        n_origins=len(origins),
        credibility=credibility(vouching, denying, disputed=any(one.kind != "denial" for one in contradictions)),
        reliability="F",
        reports=reports,
        origins=tuple(origins),
        history=history,
        contradictions=contradictions,
    )


def credibility(affirming: int, denying: int, *, disputed: bool) -> int:
    """Return the Admiralty credibility of a story, 1 (confirmed) to 6 (cannot be judged).

    Args:
        affirming: independent origins that say it is so; once it is said to have happened, those that only foresaw it do not count.
        denying: independent origins that say it is not.
        disputed: whether reports differ on its date, place, parties or numbers.

    1 three or more affirm, none denies; 2 two affirm, none denies; 3 more affirm than deny (two at least);
    4 as many deny as affirm; 5 more deny, or nobody affirms; 6 one alone affirms and nobody denies. Where
    details are disputed, 1 becomes 2 and 2 becomes 3.
    """
    if denying == 0:
        level = 6 if affirming <= 1 else 2 if affirming == 2 else 1
        return level + 1 if disputed and level < 3 else level
    if affirming > denying:
        return 3
    return 4 if affirming == denying else 5


def _vouching(origins: Sequence[Origin], reports: Sequence[Report]) -> int:
    """Return how many origins affirm: that it happened if any of them says so, else that it will or may."""
    happened = {report.record for report in reports if report.state in _happened}
    affirming = [origin for origin in origins if origin.affirms]
    return sum(not happened.isdisjoint(origin.records) for origin in affirming) or len(affirming)


def _count(origins: Sequence[Origin], affirms: bool) -> int:
    return sum(origin.affirms == affirms for origin in origins)


class _Vote:
    """One vote for each origin: reports that go back to one origin share it."""

    def __init__(self, members: Sequence[Member], origin_of: dict[str, str]) -> None:
        self.members = members
        sizes = Counter(origin_of.values())
        self.weight = {member.record: 1.0 / sizes[origin_of[member.record]] for member in members}

    def best(
        self, value: Callable[[Member], str | None], rank: Callable[[Member], int] = lambda member: 0
    ) -> str | None:
        """Return the value with most votes among those of the highest rank; ties go to the earliest report."""
        told = [(member, found) for member in self.members if (found := value(member)) is not None]
        if not told:
            return None
        top = max(rank(member) for member, _ in told)
        votes: dict[str, float] = {}
        for member, found in told:
            if rank(member) == top:
                votes[found] = votes.get(found, 0.0) + self.weight[member.record]
        return max(votes, key=lambda found: round(votes[found], 6))


def _report(member: Member, origin: Origin) -> Report:
    event = member.document.event
    return Report(
        member.article, member.outlet, member.event, member.record, member.published, event.type,
        event.status, _state(member), origin.key, member.affirms,
    )  # fmt: skip


def _state(member: Member) -> StoryState:
    """Return what a report makes of the event: its status, where a word alone carries it 'claimed', where it is denied 'denied'."""
    status = member.document.event.status
    chain = member.document.chain()
    if not member.affirms:
        return "denied" if any(hop.stance == "deny" for hop in chain) else "negated"
    if status == "occurred" and chain and chain[0].stance in ("assert", "allege"):
        return "claimed"
    return status


def _history(reports: Sequence[Report]) -> tuple[StatusChange, ...]:
    """Return each day on which reports gave the story a state that it did not have the day before."""
    by_day: dict[str, dict[StoryState, list[str]]] = {}
    for report in reports:
        by_day.setdefault((report.published or "")[:10], {}).setdefault(report.state, []).append(report.record)
    found: list[StatusChange] = []
    held: set[StoryState] = set()
    for day in sorted(by_day, key=lambda day: day or "9999"):
        for state, records in sorted(by_day[day].items(), key=lambda item: _advance.index(item[0])):
            if state not in held:
                found.append(StatusChange(day or None, state, tuple(records)))
        held = set(by_day[day]) | {state for state in held if state in ("occurred", "claimed")}
    return tuple(found)


_happened: tuple[StoryState, ...] = ("occurred", "ongoing", "claimed")
# How far along a state is; a later one of two on the same day is the story's.
_advance: tuple[StoryState, ...] = ("possible", "planned", "ongoing", "claimed", "occurred", "negated", "denied")


def _status(history: Sequence[StatusChange], reports: Sequence[Report], affirming: int, denying: int) -> StoryState:
    states = [report.state for report in reports]
    if affirming == 0:
        return "denied" if "denied" in states else "negated"
    happened = [state for state in _happened if state in states]
    if denying >= affirming and happened:
        return "denied"
    if happened:
        # What was under way is over once somebody reports it as done.
        return happened[0]
    last = history[-1].state
    if last == "negated" or (last == "denied" and denying >= affirming):
        return last  # called off; or as many deny the plan as announced it
    return "planned" if "planned" in states else "possible"


def _most_common_type(members: Sequence[Member], vote: _Vote) -> EventType:
    best = vote.best(lambda member: member.document.event.type)
    return next(member.document.event.type for member in members if member.document.event.type == best)


def _exactness(member: Member) -> tuple[int, str | None]:
    """Return how exact a report's date is (2 a day, 1 less), and the date."""
    date = member.document.event.date
    days = bounds(date.value) if date else None
    if date is None or days is None:
        return 0, None
    return (2 if days[0] == days[1] else 1), date.value


def _best_place(members: Sequence[Member], vote: _Vote) -> Place | None:
    def key(member: Member) -> str | None:
        return " ".join(member.features.place) or None if member.document.event.place else None

    best = vote.best(key)
    if best is None:
        return None
    places = [member.document.event.place for member in members if key(member) == best]
    place = places[0]
    if place is None:
        return None
    country = next((other.country for other in places if other is not None and other.country), None)
    return Place(place.text, country)


def _side(member: Member, side: Side) -> list[Actor]:
    return [actor for role, actor in parties(member.document) if role == side]


def _best_side(members: Sequence[Member], side: Side, vote: _Vote) -> tuple[Actor, ...]:
    """Return the parties of a side that at least half of the best supported party's votes name, best supported first."""
    groups: list[list[tuple[Member, Actor]]] = []
    for member in members:
        for actor in _side(member, side):
            home = next(
                (group for group in groups if any(likeness(party(actor), party(other)) >= same for _, other in group)),
                None,
            )
            if home is None:
                groups.append([(member, actor)])
            else:
                home.append((member, actor))
    support = [sum(vote.weight[record] for record in {member.record for member, _ in group}) for group in groups]
    if not groups:
        return ()
    top = max(support)
    chosen = [i for i in range(len(groups)) if support[i] >= top / 2 - 1e-9]
    chosen.sort(key=lambda i: (-round(support[i], 6), i))
    return tuple(_most_specific(f"{side[0]}{n}", [actor for _, actor in groups[i]]) for n, i in enumerate(chosen, 1))


def _met_besides(actors: tuple[Actor, ...], recipients: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Return the recipients that are not among the actors already: one report has A met B, another A and B met."""
    known = {actor.entity for actor in actors if actor.entity}
    return tuple(actor for actor in recipients if actor.entity not in known)


def _most_specific(local_id: str, actors: Iterable[Actor]) -> Actor:
    """Return the mention that says most: a known person, a known entity other than a state, the longest name."""

    def rank(actor: Actor) -> tuple[bool, bool, int]:
        entity = actor.entity or ""
        return entity.startswith("per."), bool(entity) and entity != actor.country, len(actor.name)

    best = max(actors, key=rank)
    return Actor(local_id, best.name, best.name_en, best.country, best.sector, best.entity)


def _contradictions(
    members: Sequence[Member], reports: Sequence[Report], origins: Sequence[Origin], sides: dict[str, tuple[Actor, ...]]
) -> Iterable[Contradiction]:
    affirming = tuple(dict.fromkeys(record for origin in origins if origin.affirms for record in origin.records))
    denying = tuple(dict.fromkeys(record for origin in origins if not origin.affirms for record in origin.records))
    if affirming and denying:
        yield Contradiction("denial", {"affirm": affirming, "deny": denying})
    dates = _by_value(
        (member, found) for member in members if (exact := _exactness(member))[0] == 2 and (found := exact[1])
    )
    if len(dates) > 1:
        yield Contradiction("date", dates)
    placed = [(member, event.place) for member in members if (event := member.document.event).place is not None]
    if _apart(placed):
        yield Contradiction("place", _by_value((member, place.text) for member, place in placed))
    for unit in sorted({unit for member in members for unit, _ in member.features.numbers}):
        told = _by_value(
            (member, f"{unit}: {n}") for member in members for what, n in member.features.numbers if what == unit
        )
        if len(told) > 1:
            yield Contradiction("number", told)
    for side, kind in (("actor", "actors"), ("recipient", "recipients")):
        best = sides[side]
        others = {
            member.record: names
            for member in members
            if (names := _side(member, "actor" if side == "actor" else "recipient"))
            and not any(likeness(party(one), party(other)) >= same for one in names for other in best)
        }
        if others:
            told = _by_value(
                (member, "، ".join(actor.name for actor in others[member.record]))
                for member in members
                if member.record in others
            )
            agreed = tuple(report.record for report in reports if report.record not in others)
            values = {"، ".join(actor.name for actor in best): agreed, **told}
            yield Contradiction("actors" if kind == "actors" else "recipients", values)


def _apart(placed: Sequence[tuple[Member, Place]]) -> bool:
    """Return whether two reports are placed where the other is not: no word in common, and neither place is in the other's sentence.

    A state holds its towns: where one report says لبنان and another العديسة, they do not differ.
    """
    states = {
        (actor.country, actor.name)
        for member, _ in placed
        for actor in member.document.actors
        if actor.entity is not None and actor.entity == actor.country
    }

    def differ(one: tuple[Member, Place], other: tuple[Member, Place]) -> bool:
        (a, here), (b, there) = one, other
        if here.country == there.country and not states.isdisjoint(
            ((here.country, here.text), (there.country, there.text))
        ):
            return False
        return (
            not set(a.features.place) & set(b.features.place)
            and not stands_in_words(a.features, b.features)
            and not stands_in_words(b.features, a.features)
        )

    return any(differ(one, other) for i, one in enumerate(placed) for other in placed[i + 1 :])


def _by_value(pairs: Iterable[tuple[Member, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for member, value in pairs:
        found.setdefault(value, []).append(member.record)
    return {value: tuple(records) for value, records in found.items()}
