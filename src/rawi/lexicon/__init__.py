"""The lexicon: read, checked and compiled."""
