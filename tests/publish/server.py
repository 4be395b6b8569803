"""`kgbuild serve` as a process on a free port, and a client for it."""

import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

TIMEOUT = 3.0  # seconds that the server allows a query


@dataclass(frozen=True)
class Server:
    port: int

    def ask(
        self,
        method: str,
        path: str = "/sparql",
        body: bytes | str | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, str, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        data = body.encode() if isinstance(body, str) else body
        connection.request(method, path, data, headers or {})
        response = connection.getresponse()
        got = response.read()
        connection.close()
        return response.status, response.headers.get("Content-Type", ""), got

    def get(self, path: str, accept: str = "") -> tuple[int, str, bytes]:
        return self.ask("GET", path, None, {"Accept": accept} if accept else {})

    def query(self, text: str, accept: str = "") -> tuple[int, str, bytes]:
        return self.get("/sparql?query=" + quote(text), accept)


@contextmanager
def running(store: Path) -> Iterator[Server]:
    """Serve the store; Ctrl-C ends the server quietly."""
    command = (sys.executable, "-m", "kg", "serve", "--port", "0", "--store", str(store))
    with subprocess.Popen(
        [*command, "--timeout", str(TIMEOUT), "--memory", "1024"],
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    ) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        yield Server(int(line.split("127.0.0.1:")[1].split("/")[0]))
        process.send_signal(signal.SIGINT)
        assert process.wait(10) in (0, 130)
        said = process.stderr.read()
        assert said == "", said
