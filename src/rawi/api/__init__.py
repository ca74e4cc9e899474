"""The HTTP API: JSON over a ledger, and the guard that stands before every request."""
