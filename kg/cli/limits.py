"""Limits of time, and Ctrl-C, while the engine works."""

import os
import select
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from kg.cli.common import INTERRUPTED, complain
from kg.errors import LimitError


@contextmanager
def limited(seconds: float | None) -> Iterator[None]:
    """Let Ctrl-C, and the limit of time, end the process at once while the engine works.

    The engine looks at no signal; a thread does. Nothing is half written while it works.
    """
    ears, mouth = os.pipe()
    os.set_blocking(mouth, False)
    before = signal.set_wakeup_fd(mouth, warn_on_full_buffer=False)
    watcher = threading.Thread(target=_watch, args=(ears, seconds), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        os.close(mouth)  # ends the watcher
        watcher.join()
        os.close(ears)


def _watch(ears: int, seconds: float | None) -> None:
    ready, _, _ = select.select([ears], [], [], seconds)
    if not ready:
        complain(f"the query took more than {seconds:g} s: narrow it or raise --timeout")
        os._exit(LimitError.exit_code)
    if os.read(ears, 1):  # a signal; nothing to read means that the work is done
        os._exit(INTERRUPTED)
