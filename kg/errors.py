"""The faults a user can mend, each with the exit code of the command-line contract.

A *violation* (data that breaks a shape) is data, not an error; anything that is not a
`KgError` is a bug and keeps its traceback.
"""


class KgError(Exception):
    """A fault that the user can mend; its message names place, fault and remedy on one line."""

    exit_code = 2


class UsageError(KgError):
    """A bad option, an unknown parameter, a missing path or store, nothing to ingest."""


class QueryError(KgError):
    """A query, rule, shape or ontology file that is ill-formed or not known."""

    exit_code = 3


class OntologyError(QueryError):
    """An ontology file that can't be compiled into a lexicon or into rules."""


class ModelError(KgError):
    """A language model that is missing or does not fit."""


class UnreadableError(KgError):
    """A file or record that can't be used as an article."""

    exit_code = 4


class StoreBusyError(KgError):
    """A store that another process holds."""

    exit_code = 5


class LimitError(KgError):
    """A limit of time, memory or size that was passed."""

    exit_code = 6


class StorageError(KgError):
    """A disk that is full, not writable or broken."""

    exit_code = 7
