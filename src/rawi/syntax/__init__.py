"""Words, names, parties, chunks and clauses of a sentence."""
