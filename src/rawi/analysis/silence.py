"""What is not said: sources that decline to speak, and channels that have gone quiet."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable

import msgspec

from rawi.analysis.contacts import Contact
from rawi.model import Actor, Attribution, CodedArticle


class Gap(msgspec.Struct, frozen=True):
    """Days without a report of a contact; ``until`` None is the time since the last one."""

    since: str
    until: str | None
    days: int


def silent_sources(coded: CodedArticle) -> list[tuple[Actor | None, Attribution]]:
    """Return the sources of an article that declined to speak, in the order of the text."""
    actors = {actor.id: actor for actor in coded.actors}
    hops = [hop for hop in coded.attributions if hop.stance == "decline"]
    return [
        (actors.get(hop.source) if hop.source else None, hop) for hop in sorted(hops, key=lambda hop: hop.cue or (0, 0))
    ]


def gaps(contacts: Iterable[Contact], today: str | None, *, least: int = 7) -> list[Gap]:
    """Return the times of ``least`` days or more without an open contact, longest first.

    Args:
        contacts: the contacts of one channel, in any order.
        today: the last day that is known of.
        least: the shortest gap to return, in days.
    """
    days = sorted(
        {(contact.date or contact.published or "")[:10] for contact in contacts if contact.state == "open"} - {""}
    )
    found = []
    for before, after in itertools.pairwise(days):
        found.append(Gap(before, after, _between(before, after)))
    if days and today:
        found.append(Gap(days[-1], None, _between(days[-1], today[:10])))
    return sorted((gap for gap in found if gap.days >= least), key=lambda gap: (-gap.days, gap.since))


def _between(a: str, b: str) -> int:
    try:
        return (datetime.date.fromisoformat(b) - datetime.date.fromisoformat(a)).days
    except ValueError:
        return 0
