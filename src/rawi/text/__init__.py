"""Folding, tokens and sentences, with offsets into the text as given."""
