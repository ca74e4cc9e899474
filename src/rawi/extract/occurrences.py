"""What an event is before its article is resolved, and which event types behave alike."""

from __future__ import annotations

from rawi.lexicon.compiled import Sense
from rawi.syntax.groups import Group
from rawi.syntax.party import Party
from rawi.syntax.references import Reference, group_parties
from rawi.syntax.sentence import Chunk, Sentence

# What these ask for, promise, threaten or refuse is their content, not a further event.
controlling = {"REQUEST", "AGREE", "THREATEN", "REJECT", "CONCEDE"}
# What is signed or ratified is the deal itself; a sentence to death is no execution.
signing = ("support.sign", "support.ratify", "sanction.convict")
speech_acts = {"REQUEST", "ACCUSE", "THREATEN", "REJECT", "SUPPORT", "AGREE", "CONCEDE"}
# Acts that a town suffers or receives as its people do.
suffered = {"ASSAULT", "COERCE", "AID"}
# Who is criticised, praised or refused is who did what is criticised, praised or refused.
judging = {"ACCUSE", "SUPPORT", "REJECT", "REQUEST"}
# What one announces of oneself: أعلن انسحابه، أعلن دعمه.
announced = {
    "COERCE",
    "RETREAT",
    "CONCEDE",
    "SANCTION",
    "AGREE",
    "COOPERATE",
    "AID",
    "THREATEN",
    "REJECT",
    "SUPPORT",
    "MOBILIZE",
    "REQUEST",
    "ACCUSE",
}
partyless = {"ASSAULT", "PROTEST"}
# Noun senses that name what armed forces do: their genitive is the doer if it is a force.
done_by_forces = (
    "assault.shell",
    "assault.air",
    "assault.strike",
    "assault.attack",
    "assault.fire",
    "assault.missile",
    "assault.ground",
)
# Nouns whose genitive or pronoun is the doer of what follows with a preposition (دور قطر في الوساطة، قيام الجيش بقصف).
part_nouns = {
    "في": frozenset(
        ["دور", "تورط", "ضلوع", "مشاركه", "مساهمه", "اسهام", "انخراط", "جهود", "مساعي", "شروع", "استمرار", "نجاح"]
    ),
    "ب": frozenset(["قيام", "مبادره", "اتهام", "تكليف", "انطلاق"]),
    "علي": frozenset(["اقدام", "اصرار", "عزم", "قدره"]),
}
# Verbs that say who was at a meeting or where a tour leads.
gathering_verbs = frozenset(["جمع", "ضم", "شمل"])
# Verbs whose object is hit by the attack that is their subject (الغارة استهدفت منزلا).
hitting_verbs = frozenset(["استهدف", "طال", "ضرب", "اصاب", "دمر", "هز"])
# Verbs by which a group says that an act is its own.
claiming_verbs = frozenset(["تبني"])
# Verbs that put an act down to somebody with إلى.
attributing_verbs = frozenset(["نسب", "عزا"])


def done_by_force(sense: Sense) -> bool:
    """Whether a noun of attack has the force beside it as its doer (قصف القوات); who is aimed at (استهداف) is no doer."""
    return sense.id.startswith(done_by_forces) and sense.id != "assault.attack.istahdafa"


class Occurrence:
    """An event as found in a sentence; roles are unresolved references."""

    __slots__ = (
        "actors", "governed", "judged", "mode", "on", "own_times", "place", "recipients", "rules", "score", "sense", "sentence", "span", "status", "third",
        "times", "trigger",
    )  # fmt: skip

    def __init__(self, sentence: Sentence, sense: Sense, chunk: Chunk, on: int) -> None:
        self.sentence, self.sense, self.on = sentence, sense, on
        self.trigger = (chunk.i, chunk.j)
        self.span = (chunk.i, chunk.j)
        self.actors: list[Reference] = []
        self.recipients: list[Reference] = []
        self.third: list[tuple[str, Reference]] = []
        self.status = "occurred"
        self.mode = sense.mode
        self.times: list[int] = []
        self.own_times: list[int] = []
        self.place: tuple[int, int] | None = None
        self.rules: list[str] = []
        self.score = 0.5
        self.governed: str = ""
        self.judged: Occurrence | None = None  # the event that is condemned

    def add(self, role: str, reference: Reference) -> None:
        """Put a reference in a role, once."""
        if role == "recipient" and self.sense.type == "ASSAULT" and reference.party is not None:
            self._as_town(reference.party)
        if (
            reference.party is not None
            and reference.party.kind == "place"
            and not (role == "recipient" and (self.sense.type in suffered or self.sense.mode == "access"))
        ):
            return
        if (
            reference.party is not None
            and reference.party.thing
            and role == "actor"
            and self.sense.type in ("ASSAULT", "CONSULT")
        ):
            return  # مواقع، مقر: what is hit or where one meets does not act
        target = {"actor": self.actors, "recipient": self.recipients}.get(role)
        if target is not None:
            if all(r.party is None or r.party is not reference.party for r in target) and not any(
                r.party is not None and r.party is reference.party for r in (*self.actors, *self.recipients)
            ):
                target.append(reference)
        elif role in ("about", "host", "mediator", "on_behalf"):
            self.third.append((role, reference))

    def _as_town(self, party: Party) -> None:
        """انفجار في بغداد: a capital where something goes off is a town there, not the government."""
        if party.way == "capital" and party.kind == "state":
            chunk = next((c for c in self.sentence.chunks if c.i <= party.i < c.j), None)
            if chunk is not None and chunk.prep in ("في", "ب", "داخل", "وسط"):
                party.kind, party.sector = "place", "UNK"

    def has_party(self) -> bool:
        """Whether any role is filled by something that is not merely understood."""
        return any(r.kind != "null" for r in (*self.actors, *self.recipients))


def strip_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def is_force(group: Group | None) -> bool:
    parties = group_parties(group)
    return bool(parties) and all(p.sector in ("MIL", "REB", "COP") or p.kind == "force" for p in parties)


def bases(sentence: Sentence, chunk: Chunk) -> set[str]:
    """The head word of a chunk without clitics and article, in every way it can be split."""
    word = sentence.words[chunk.i]
    return set(word.bases) if word is not None else set()
