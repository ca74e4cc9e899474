"""Find the topic of a clause: what opens it, is described, and is set off from its verb by a comma."""

from __future__ import annotations

from rawi.syntax.agreement import agrees, gender_of
from rawi.syntax.groups import Group, read_groups
from rawi.syntax.sentence import Sentence

who_is = ("وهو", "وهي", "وهم")


def read_topic(sentence: Sentence, v: int) -> Group | None:
    """المنطقة، التي تضم مقار الحكومة، تعرضت: what opens the clause and is set off from its verb by a comma, with what describes it.

    Between topic and verb stand only an apposition or a relative clause.
    """
    chunks = sentence.chunks
    verb = chunks[v].verb
    if chunks[v].kind != "verb" or chunks[v].conj or verb is None or verb.person != 3:
        return None
    at = v - 1
    while at >= 0 and chunks[at].kind in ("perf", "neg", "mod", "adv", "fut"):
        if chunks[at].value == "فقد":
            return None  # انطلاقا من العلاقات، فقد زار: a clause of its own
        at -= 1
    if at < 1 or chunks[at].kind != "mark" or chunks[at].value not in "،,":
        return None
    begin, described = at, False
    while begin > 0:
        before = chunks[begin - 1]
        if before.kind in ("comp", "opener") or (before.kind == "mark" and before.value not in "،,()-–"):
            break
        if before.kind == "sub" and sentence.tokens[before.i].form in who_is:
            described, begin = True, begin - 1  # القاضي فلان، وهو عضو في المحكمة، قتل
            continue
        if before.kind in ("sub", "cue"):
            return None  # وبحسب المرصد، انسحب المقاتلون
        if before.kind in ("verb", "participle"):
            # a verb of its own stands between, unless a relative takes it
            m = begin - 2
            while m >= 0 and chunks[m].kind in ("perf", "neg", "mod", "adv", "fut"):
                m -= 1
            if before.kind == "participle" or (m >= 0 and chunks[m].kind == "rel"):
                begin = m + 1 if before.kind == "verb" else begin - 1
                continue
            if sentence.tokens[before.i].form.lstrip("وف") in ("كان", "كانت", "كانوا"):
                break  # وكان الوزير، ...، قد غادر
            return None
        described = described or before.kind == "rel" or (before.is_comma)
        begin -= 1
    while begin < at and chunks[begin].kind in ("time", "adv", "mark", "quote"):
        begin += 1
    end = begin
    while end < at and chunks[end].kind in ("np", "place", "quote", "pron"):
        end += 1
    groups = read_groups(chunks, begin, end)
    if not groups or groups[0].prep or groups[0].prep_role or groups[0].head.conj or not groups[0].has_party():
        return None
    topic = groups[0]
    if not described and end < at:
        return None
    gender = gender_of(topic)
    if gender and gender != verb.gender:
        return None
    return topic if agrees(topic, verb.gender, verb.number, after=False) else None
