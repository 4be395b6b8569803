"""From files to articles: readers by kind, cleaning with offsets kept, metadata."""
