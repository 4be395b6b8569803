"""The server: explorer and SPARQL endpoint in one app, on one address."""

import asyncio
import ipaddress
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import UsageError
from kg.graph import store as stores
from kg.publish import endpoint, explorer, negotiate
from kg.publish.runner import Limits, Runner

__all__ = ["Limits", "application", "serve"]

_HEADERS = (
    (
        b"content-security-policy",
        (
            b"default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
            b"frame-ancestors 'none'"
        ),
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


class _Guarded:
    """Adds to each answer the headers that keep a page from running or loading anything."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_HEADERS]
            await send(message)

        await self._app(scope, receive, guarded)


class _Server(uvicorn.Server):
    """Tells when it can be asked and interrupted; then ends the queries at work at once."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        desk: explorer.Desk | None = getattr(self.config.app.state, "desk", None)  # type: ignore[union-attr]
        if desk is not None:
            await desk.runner.close()
        await super().shutdown(sockets)


def application(store: Path, limits: Limits, hosts: list[str]) -> Starlette:
    """Return the app over this store; `hosts` are the names by which it may be called."""
    desk = explorer.Desk(store, limits)

    async def sparql(request: Request) -> Response:
        accept = request.headers.get("accept", "")
        asks_page = request.method == "GET" and not request.url.query
        if asks_page and negotiate.prefers_html(accept):
            return await explorer.editor(request)
        return await endpoint.sparql(request, desk.runner)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        desk.runner = Runner(store, limits)
        app.state.desk = desk
        await desk.runner.warm()
        yield
        await desk.runner.close()
        desk.close()

    methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
    routes = [Route("/sparql", sparql, methods=methods), *explorer.routes()]
    middleware = [Middleware(_Guarded), Middleware(TrustedHostMiddleware, allowed_hosts=hosts)]
    handlers: dict[type[Exception] | int, Callable[[Request, Exception], Awaitable[Response]]]
    handlers = dict(explorer.HANDLERS)
    return Starlette(
        routes=routes, middleware=middleware, lifespan=lifespan, exception_handlers=handlers
    )


def serve(
    store: Path, limits: Limits, *, host: str, port: int, ready: Callable[[str], None]
) -> None:
    """Serve until interrupted; `ready` is called with the address once it can be asked.

    Raises UsageError where there is no store, or the address can't be used.
    """
    with stores.read(store):
        pass
    try:
        listener = socket.create_server((host, port))
    except (OSError, OverflowError) as fault:
        raise UsageError(f"--host {host} --port {port}: {fault}: choose another") from fault
    with listener:
        number = listener.getsockname()[1]
        app = application(store, limits, _hosts(host))
        config = uvicorn.Config(app, log_level="error", access_log=False, server_header=False)
        server = _Server(config, lambda: ready(f"http://{host}:{number}/"))
        asyncio.run(server.serve(sockets=[listener]))


def _hosts(host: str) -> list[str]:
    """Return the names to answer to: a page elsewhere must not reach us by a name of its own."""
    try:
        local = ipaddress.ip_address(host).is_loopback
    except ValueError:
        local = host == "localhost"
    return ["127.0.0.1", "localhost", "[::1]", host] if local else ["*"]
