"""What a mood is: how an act is meant, and what the type of an event has to do with it."""

from dataclasses import dataclass

from spacy.tokens import Token

from kg.model import Modality


@dataclass(frozen=True, slots=True)
class Mood:
    """A modality with the words that decided it and the condition, if one is told."""

    modality: Modality
    condition: Token | None = None  # the verb of the if-clause
    cue: Token | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """What the type of an event means for its mood."""

    decides: bool = False  # counts as done when announced: a measure
    speech: bool = False  # done by saying it
    answers: bool = False  # says no to another: "threatened to veto it" is no veto
    held: bool = False  # takes place on a day: a visit that is announced is planned
    lasting: bool = False  # goes on until it is ended: a pact that is scrapped was made
    promised: bool = False  # the promise is the act: pledged aid is told as given
