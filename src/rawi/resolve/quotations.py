"""Say where quotations that run over several sentences end, and where the narrator goes on."""

from __future__ import annotations

from rawi.syntax.sentence import Sentence


def closing_mark(sentence: Sentence) -> int:
    """Return the token that closes a quotation opened before the sentence; the number of tokens where none does."""
    for n, token in enumerate(sentence.tokens):
        if token.form in "»”" or token.form == '"':
            return n
    return len(sentence.tokens)


def narrator_resumes(sentence: Sentence) -> bool:
    """Say whether a sentence within a quotation never closed is the outlet's own.

    It is where it begins with وكان, or with a verb joined by و that has a named subject after it (وأعلنت الوزارة).
    """
    chunks = sentence.chunks
    first = chunks[0] if chunks else None
    if first is None or first.kind != "verb" or not first.conj or first.verb is None:
        return False
    if sentence.tokens[first.i].form in ("وكان", "وكانت", "وكانوا"):
        return True
    return (
        first.verb.person == 3
        and first.verb.tense == "perfect"
        and len(chunks) > 1
        and bool(chunks[1].parties)
        and not chunks[1].prep
    )


def ends_in_quotation(sentence: Sentence) -> bool:
    """Say whether a sentence ends inside a quotation it opened; a straight mark glued to the word before it closes one."""
    opened = False
    tokens = sentence.tokens
    for n, token in enumerate(tokens):
        if token.form in "«“":
            opened = True
        elif token.form in "»":
            opened = False
        elif token.form in '"”':
            glued = n > 0 and tokens[n - 1].stop == token.start and len(tokens[n - 1].form) > 1
            opened = not opened and not glued
    return opened
