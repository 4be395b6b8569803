"""From an article's text to an Extraction; the only package that knows spaCy."""
