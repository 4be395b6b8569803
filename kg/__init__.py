"""kgbuild: a knowledge graph of diplomatic events from news, with evidence and proofs."""

__version__ = "0.1.0"
