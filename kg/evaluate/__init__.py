"""Answers against gold -> figures: events, fields, claims, links, retaliation, sentence sets."""

from kg.evaluate.figures import Evaluation, Interval, as_json, text
from kg.evaluate.gold import GoldArticle, GoldLinks, load
from kg.evaluate.run import Tables, evaluate, tables
from kg.evaluate.sentences import SentenceScore, score_sentences

__all__ = [
    "Evaluation",
    "GoldArticle",
    "GoldLinks",
    "Interval",
    "SentenceScore",
    "Tables",
    "as_json",
    "evaluate",
    "load",
    "score_sentences",
    "tables",
    "text",
]
