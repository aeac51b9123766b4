"""Tools that know none of Carrel's words: errors, identifiers, time, text, secrets."""
