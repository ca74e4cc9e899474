"""Rawi reads Arabic news and records who did what with whom, when, where, how real, and on whose word.

``rawi.code(text, published="2024-12-10")`` returns typed records; see ``rawi.model`` for their fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["__version__", "code"]

if TYPE_CHECKING:
    from rawi.model import CodedArticle


def code(
    text: str,
    *,
    published: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    id: str | None = None,
    lexicon: tuple[str, ...] = (),
) -> CodedArticle:
    """Code one Arabic report.

    Args:
        text: the body as published, in any Unicode normal form.
        published: publication date, ISO 8601 (``YYYY-MM-DD``); None leaves relative dates open unless the text dates itself.
        title: the headline; it becomes the first line of ``article.text``.
        outlet: the publisher's name.
        id: identifier of the article; by default a hash of its text.
        lexicon: paths of overlay files whose entries are added to the shipped lexicon.

    Returns:
        the coded article. Spans are half-open code-point offsets into ``article.text``.

    Raises:
        InputError: the text is empty or the date is not one.
        LexiconError: an overlay breaks the lexicon's schema.
    """
    from rawi.articles import make_article
    from rawi.coder import code_article

    article = make_article({"id": id, "title": title, "text": text, "outlet": outlet, "published": published}, "code()")
    return code_article(article, lexicon)


def __getattr__(name: str) -> Any:
    """Load the record types on demand, so that ``import rawi`` stays cheap."""
    # Not 'from rawi import': that would ask here for the modules again while they are not loaded yet.
    import rawi.errors
    import rawi.model

    for module in (rawi.model, rawi.errors):
        if hasattr(module, name):
            return getattr(module, name)
    raise AttributeError(f"module 'rawi' has no attribute {name!r}")
