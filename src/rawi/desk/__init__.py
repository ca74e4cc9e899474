"""The web desk: pages over a ledger for reading, checking and reviewing, in Arabic and English."""
