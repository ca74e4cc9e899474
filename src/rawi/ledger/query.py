"""Read a search query: words, "phrases", prefix*, AND, OR, NOT or a leading minus, and parentheses.

    query   := any (OR any)*
    any     := all+                     words side by side must all be there; AND may be written
    all     := [NOT | -] one
    one     := word | word* | "phrase" | ( query )

The Arabic words أو and وليس are ordinary words here. A quote or parenthesis that is never closed is closed at the end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

import msgspec

from rawi.errors import InputError
from rawi.ledger.words import expansions, proclitics, surface, without_article, written_forms

_token = re.compile(r'\s*(?:"([^"]*)(?:"|$)|[«“]([^»”]*)(?:[»”]|$)|([()])|(-)?([^\s()"«»“”]+))')
_most_phrases = 64  # beyond this many spellings a phrase is looked up by its words


class Term(msgspec.Struct, frozen=True):
    """A word, prefix or phrase: query words, folded, without a leading ال."""

    words: tuple[str, ...]
    prefix: bool = False


class Both(msgspec.Struct, frozen=True):
    """All of these."""

    parts: tuple[Node, ...]


class Either(msgspec.Struct, frozen=True):
    """Any of these."""

    parts: tuple[Node, ...]


class Not(msgspec.Struct, frozen=True):
    """Not this."""

    part: Node


Node = Term | Both | Either | Not


def parse(query: str) -> Node:
    """Return the tree of a query.

    Raises:
        InputError: nothing to look for, or only things that must not be there.
    """
    tokens = _tokens(query)
    node, at = _either(tokens, 0)
    while at < len(tokens):  # a closing parenthesis too many
        rest, at = _either(tokens, at + 1)
        node = Both(tuple(part for part in (node, rest) if part is not None)) if node and rest else node or rest
    if node is None:
        raise InputError(f"query: {query!r} has no word to look for; give at least one")
    if not _positive(node):
        raise InputError(f"query: {query!r} only says what must not be there; give a word that must")
    return node


def _tokens(query: str) -> list[tuple[str, Term | None]]:
    found: list[tuple[str, Term | None]] = []
    for match in _token.finditer(query):
        quoted = match.group(1) if match.group(1) is not None else match.group(2)
        if quoted is not None:
            term = _term(quoted)
            if term is not None:
                found.append(("term", term))
        elif match.group(3):
            found.append((match.group(3), None))
        elif match.group(5) in ("AND", "OR", "NOT"):
            found.append((match.group(5), None))
        elif match.group(5) == "-":
            if match.end() < len(query) and query[match.end()] in '("«“':
                found.append(("NOT", None))
        else:
            if match.group(4):
                found.append(("NOT", None))
            term = _term(match.group(5))
            if term is not None:
                found.append(("term", term))
            elif match.group(4):
                found.pop()
    return found


def _term(text: str) -> Term | None:
    prefix = text.endswith("*")
    found = surface(text)
    if not found:
        return None
    return Term(tuple(map(without_article, found)), prefix)


def _either(tokens: Sequence[tuple[str, Term | None]], at: int) -> tuple[Node | None, int]:
    parts: list[Node] = []
    while True:
        node, at = _both(tokens, at)
        if node is not None:
            parts.append(node)
        if at < len(tokens) and tokens[at][0] == "OR":
            at += 1
            continue
        break
    if not parts:
        return None, at
    return (parts[0] if len(parts) == 1 else Either(tuple(parts))), at


def _both(tokens: Sequence[tuple[str, Term | None]], at: int) -> tuple[Node | None, int]:
    parts: list[Node] = []
    negate = False
    while at < len(tokens) and tokens[at][0] not in ("OR", ")"):
        kind, term = tokens[at]
        at += 1
        if kind == "AND":
            continue
        if kind == "NOT":
            negate = not negate
            continue
        node: Node | None = term
        if kind == "(":
            node, at = _either(tokens, at)
            at += 1  # its closing parenthesis, or the end
        if node is not None:
            parts.append(Not(node) if negate else node)
            negate = False
    if not parts:
        return None, at
    return (parts[0] if len(parts) == 1 else Both(tuple(parts))), at


def _positive(node: Node) -> bool:
    """Return whether the index can find candidates for the node: every alternative names a word that must be there."""
    if isinstance(node, Not):
        return False
    if isinstance(node, Both):
        return any(map(_positive, node.parts))
    if isinstance(node, Either):
        return all(map(_positive, node.parts))
    return True


def to_fts(node: Node) -> str:
    """Return the FTS5 expression of a superset: every text that matches, and perhaps some that ``matches`` rejects."""
    if isinstance(node, Term):
        return _term_to_fts(node)
    if isinstance(node, Either):
        return "(" + " OR ".join(map(to_fts, node.parts)) + ")"
    if isinstance(node, Both):
        return "(" + " AND ".join(to_fts(part) for part in node.parts if _positive(part)) + ")"
    raise InputError("query: NOT stands alone; give a word that must be there")


def _term_to_fts(term: Term) -> str:
    *first, last = term.words
    if term.prefix and not first:
        return "(surface : (" + " OR ".join(f'"{p}{last}" *' for p in proclitics) + "))"
    if not first:
        others = " OR ".join(f'"{form}"' for form in expansions(last))
        return f'(surface : "{last}" OR bare : ({others}))'
    spellings = [expansions(word) for word in (first if term.prefix else term.words)]
    count = 1
    for forms in spellings:
        count *= len(forms)
    if count > _most_phrases:
        return "(" + " AND ".join(_term_to_fts(Term((word,))) for word in (first if term.prefix else term.words)) + ")"
    # The last word of a phrase with * may be cut anywhere, so that what it is without proclitics is not known.
    phrases = " OR ".join('"' + " ".join(forms) + '"' for forms in product(*spellings))
    return f"(bare : ({phrases}))"


def matches(node: Node, text: Sequence[str]) -> bool:
    """Return whether a text, as the words that ``surface`` gives, matches the query."""
    if isinstance(node, Term):
        return next(iter(places(node, text)), None) is not None
    if isinstance(node, Both):
        return all(matches(part, text) for part in node.parts)
    if isinstance(node, Either):
        return any(matches(part, text) for part in node.parts)
    return not matches(node.part, text)


def places(term: Term, text: Sequence[str]) -> list[tuple[int, int]]:
    """Return where a term stands: half-open ranges of word numbers."""
    *first, last = term.words
    tests = [written_forms(word) for word in first]
    last_forms = tuple(written_forms(last))
    exact_last = written_forms(last)
    size = len(term.words)
    found = []
    for at in range(len(text) - size + 1):
        end = text[at + size - 1]
        if (end.startswith(last_forms) if term.prefix else end in exact_last) and all(
            text[at + i] in forms for i, forms in enumerate(tests)
        ):
            found.append((at, at + size))
    return found


def positive_terms(node: Node) -> list[Term]:
    """Return the terms that a hit is shown for."""
    if isinstance(node, Term):
        return [node]
    if isinstance(node, Not):
        return []
    return [term for part in node.parts for term in positive_terms(part)]
