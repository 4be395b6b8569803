"""Run strangers' queries in child processes with limits of time, memory and size."""

import asyncio
import contextlib
import json
import os
import re
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError, LimitError, QueryError
from kg.query import guard

_LONGEST = 100_000  # characters of a query
_DEEPEST = 64  # brackets within brackets; the engine's parser needs stack, and time, for each
_BIGGEST = 64 * 2**20  # bytes of an answer
_BRACKETS = re.compile(
    r"""\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^`\\\s]*>"""
    r"""|\#[^\n]*|(?P<open>[({\[])|(?P<close>[)}\]])""",
    re.DOTALL,
)


class NotAcceptableError(KgError):
    """The client takes none of the formats that this kind of answer has."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take."""

    timeout: float = 30.0  # seconds
    memory: int = 2 * 2**30  # bytes of address space
    workers: int = 2


@dataclass(frozen=True, slots=True)
class Job:
    """A query, the formats that its answer may have, and the protocol's dataset."""

    text: str
    rows: str = "json"
    graph: str = "turtle"
    default_graphs: Sequence[str] = ()
    named_graphs: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer: `rows` or `graph`, its format's name and its bytes."""

    kind: str
    format: str
    body: bytes


def check(text: str) -> None:
    """Refuse a query that is too long, too deep, or reaches beyond the store.

    Raises LimitError or QueryError.
    """
    if len(text) > _LONGEST:
        raise LimitError(f"query: {len(text)} characters; {_LONGEST} are allowed: shorten it")
    depth = 0
    for match in _BRACKETS.finditer(text):
        depth += bool(match["open"]) - bool(match["close"])
        if depth > _DEEPEST:
            raise LimitError(f"query: brackets nested over {_DEEPEST} deep: flatten it")
    guard(text)


class Runner:
    """A few warm children; one that is killed is replaced before it is needed."""

    def __init__(self, store: Path, limits: Limits) -> None:
        self._store = store
        self.limits = limits
        self._room = asyncio.Semaphore(limits.workers)
        self._idle: list[asyncio.subprocess.Process] = []
        self._starting: set[asyncio.Task[None]] = set()
        self._children: set[asyncio.subprocess.Process] = set()
        self._closed = False

    async def run(self, job: Job) -> Outcome:
        """Answer a query. Raises QueryError, LimitError or NotAcceptableError."""
        check(job.text)
        async with self._room:
            child = self._idle.pop() if self._idle else await self._start()
            if child.returncode is not None:
                child = await self._start()
            try:
                async with asyncio.timeout(self.limits.timeout):
                    outcome, body = await _ask(child, job)
            except TimeoutError as fault:
                raise LimitError(
                    f"query: took more than {self.limits.timeout:g} s: narrow it"
                ) from fault
            except (asyncio.IncompleteReadError, ConnectionError, ValueError) as fault:
                raise LimitError("query: too large or too deep for this server") from fault
            else:
                self._idle.append(child)
            finally:
                if child not in self._idle:
                    await self._end(child)
                    self._replace()
        return _outcome(outcome, body)

    async def warm(self) -> None:
        """Start a child before it is needed."""
        self._idle.append(await self._start())

    async def close(self) -> None:
        """End all children, those at work too; queries that they were at fail with LimitError."""
        self._closed = True
        # A start that is cut short leaves a child that nobody ends, so it is waited for.
        await asyncio.gather(*self._starting, return_exceptions=True)
        self._idle.clear()
        for child in list(self._children):
            await self._end(child)

    async def _end(self, child: asyncio.subprocess.Process) -> None:
        await _end(child)
        self._children.discard(child)

    def _replace(self) -> None:
        if self._closed:
            return
        task = asyncio.create_task(self.warm())
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _start(self) -> asyncio.subprocess.Process:
        if self._closed:
            raise LimitError("query: the server is stopping: ask again later")
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "kg.publish.child", str(self._store.resolve())),
            str(self.limits.memory),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=_BIGGEST,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        )
        self._children.add(child)
        return child


async def _ask(child: asyncio.subprocess.Process, job: Job) -> tuple[dict[str, str], bytes]:
    told = {name: getattr(job, name) for name in ("text", "rows", "graph")}
    graphs = {"default_graphs": list(job.default_graphs), "named_graphs": list(job.named_graphs)}
    assert child.stdin is not None  # noqa: S101 (both are pipes)
    assert child.stdout is not None  # noqa: S101
    child.stdin.write(json.dumps(told | graphs).encode() + b"\n")
    await child.stdin.drain()
    outcome = json.loads(await child.stdout.readuntil(b"\n"))
    if outcome["bytes"] > _BIGGEST:
        raise ValueError("the answer is too large")
    return outcome, await child.stdout.readexactly(outcome["bytes"])


async def _end(child: asyncio.subprocess.Process) -> None:
    if child.returncode is None:
        # Not `child.kill()`: it looks first whether the child has ended, and so takes the end of
        # one that is just ending from asyncio's watcher, which then complains.
        with contextlib.suppress(ProcessLookupError):
            os.kill(child.pid, signal.SIGKILL)
    await child.wait()
    # `wait` returns before the pipes are closed; one left open complains once the loop is gone.
    if child.stdin is not None:
        child.stdin.close()
        with contextlib.suppress(ConnectionError):
            await child.stdin.wait_closed()
    if child.stdout is not None and child.stdout.exception() is None:
        with contextlib.suppress(RuntimeError):  # a query that is being cut short reads it
            while await child.stdout.read(_BIGGEST):
                pass


def _outcome(outcome: dict[str, str], body: bytes) -> Outcome:
    match outcome["status"]:
        case "ok":
            return Outcome(outcome["kind"], outcome["format"], body)
        case "not acceptable":
            raise NotAcceptableError(f"no format of {outcome['message']} that the client accepts")
        case "memory":
            raise LimitError("query: needs more memory than this server allows: narrow it")
        case _:
            raise QueryError(f"query: {outcome['message'][:400]}")
