"""Posts and terms, the authority table, and the number line of papers of a term."""
