"""Say what a fixed phrase of the lexicon is where it stands: a preposition, an opener, a subordinator, a hedge."""

from __future__ import annotations

from collections.abc import Sequence

from rawi.lexicon.compiled import Compiled
from rawi.syntax.names import Match
from rawi.syntax.words import Word
from rawi.text.tokens import Token

# What one is in after في حالة, where no condition is meant.
_conditions = {"تاهب", "استنفار", "طواري", "حرب", "غيبوبه", "خطيره", "حرجه", "ذعر", "هلع", "صدمه", "غضب", "شلل"}


class PhraseReader:
    """Reads fixed phrases with one lexicon."""

    def __init__(self, lexicon: Compiled) -> None:
        self.lexicon = lexicon

    def kind_of(
        self, match: Match, tokens: Sequence[Token], words: Sequence[Word | None], stop: int
    ) -> tuple[str, str] | None:
        """Say what a matched phrase is, or None where it should be read word by word."""
        i = match.start
        kinds: dict[str, str] = {}
        for payload in match.payloads:
            if isinstance(payload, tuple) and len(payload) >= 2:
                kinds.setdefault(str(payload[0]), str(payload[1]))
        if "role" in kinds:
            return None
        if "honorifics" in kinds:
            return ("honorific", "") if match.j - i > 1 else None
        long = match.j - i > 1
        if "sense" in kinds:
            return "event", ""
        if "cue" in kinds:
            return "cue", ""
        if match.rest == "الي" and match.j - i == 2 and tokens[match.j - 1].form != "ذلك":
            return "comp", "الي ان"  # دعا إلى أن, أشار إلى أن; "until" is rare in news
        following = words[match.j] if match.j < stop else None
        verb_next = bool(following and following.verbs and not following.nouns and not following.time)
        if match.rest == "طالما" and match.prep == "ل":
            return "mod", "ongoing_cues:always"  # لطالما
        if "subordinators" in kinds and (
            kinds["subordinators"]
            and (
                verb_next
                or match.rest.endswith("ان")
                or (
                    following is not None
                    and following.function is not None
                    and following.function.kind in ("comp", "neg", "perf")
                )
                or "compound_prepositions" not in kinds
            )
        ):
            word = words[i]
            if long or verb_next or word is None or word.function is None or word.function.kind != "prep":
                return "sub", kinds["subordinators"]
        if "compound_prepositions" in kinds and (long or kinds["compound_prepositions"] not in ("",)):
            return "cprep", kinds["compound_prepositions"]
        if "discourse_openers" in kinds:
            if (
                match.rest.lstrip("ب").startswith("دور")
                and following is not None
                and following.function is not None
                and following.function.base == "في"
            ):
                return None  # اشتهرت بدورها في الوساطة
            if _inside_clause(words, i):
                return "adv", ""  # والتقى الرئيس في وقت لاحق نظيره
            return "opener", kinds["discourse_openers"]
        if match.rest == "في" and "conditionals" in kinds and following is not None and following.bases & _conditions:
            return None
        for name in ("negating", "hedges", "planned_cues", "ongoing_cues", "conditionals", "hopes"):
            if name in kinds and (long or words[i] is None or not words[i].verbs):  # type: ignore[union-attr]
                return "mod", f"{name}:{kinds[name]}"
        if "negator_idioms" in kinds or "same_words" in kinds:
            return "adv", ""
        if "frame_nouns" in kinds and long:
            return "frame", kinds["frame_nouns"]
        if "complementizers" in kinds and long:
            return "comp", ""
        if "quantifiers" in kinds:
            word = words[i]
            if (
                not long
                and word is not None
                and word.nouns
                and any(self.lexicon.noun_lexemes[n.lexeme].senses for n in word.nouns)
            ):
                return None
            return "quant", kinds["quantifiers"]
        if match.rest == "من جهه" and words[match.j - 1] is not None:
            joined = following is None or following.form.startswith("و")
            return ("adv", "") if joined else None  # بين الحكومة من جهة والمتمردين من جهة أخرى
        if "adverbs" in kinds:
            first_word = words[i]
            if match.rest == "وحده" and first_word is not None and first_word.function is None:
                return None  # وحدة عسكرية
            return "adv", "detail" if match.rest == "بما" else ""
        return None


def _inside_clause(words: Sequence[Word | None], i: int) -> bool:
    """Whether a phrase stands between a verb and what follows it, no mark or conjunction before it."""
    before = words[i - 1] if i > 1 else None
    later = words[i + 1] if i + 1 < len(words) else None
    return (
        before is not None
        and (before.function is None or before.function.kind == "prep")
        and later is not None
        and later.form == "وقت"
    )
