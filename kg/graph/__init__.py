"""From extractions to quads, and the dataset they live in."""
