"""Every exception that Rawi raises on purpose.

RawiError
├── InputError     what was given cannot be read: an article, a file, a date, an option
├── LexiconError   a lexicon file breaks its schema, or two entries contradict each other
├── LedgerError    the ledger file cannot be opened, written, upgraded or trusted
└── InternalError  a fault of Rawi itself: please report it

Messages read *where: what is wrong, with the value; what to do*.
"""


class RawiError(Exception):
    """Root of the tree; catch this to catch everything that Rawi raises on purpose."""


class InputError(RawiError):
    """What was given cannot be read."""


class LexiconError(RawiError):
    """A lexicon file breaks its schema, or two entries contradict each other."""


class LedgerError(RawiError):
    """The ledger file cannot be opened, written, upgraded or trusted."""


class InternalError(RawiError):
    """A fault of Rawi itself."""
