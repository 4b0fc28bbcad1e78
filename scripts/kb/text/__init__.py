"""Tools for strings that know nothing of notes: inline Markdown, folding, ids, sentences."""
