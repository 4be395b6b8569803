"""From ontology and data to inferred quads with their proofs."""
