"""Arabic inflection: the forms of verbs and nouns."""
