"""Hostile words in every field, looked at by a real browser: nothing runs, no link is a script."""

import html
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest

from kg import vocab
from kg.graph import store
from kg.model import Argument, Event, Extraction, Party, Person, Span
from kg.publish.report import report
from kg.publish.view import Lookup
from tests.graph.samples import article
from tests.publish import gold
from tests.publish.server import Server, running

RUN = "document.documentElement.setAttribute('pwned','1')"
PAYLOADS = [
    f"<script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"</style><script>{RUN}</script>",
    f"--><script>{RUN}</script>",
    f"]]><script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f'"><img src=x onerror="{RUN}">',
    f'\'><img src=x onerror="{RUN}">',
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f'<svg><animate onbegin="{RUN}" attributeName=x dur=1s>',
    f"<body onload={RUN}>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f"<details open ontoggle={RUN}>x</details>",
    f'<input autofocus onfocus="{RUN}">',
    f'" autofocus onfocus="{RUN}" x="',
    f"<video><source onerror={RUN}></video>",
    f"<math><mtext><script>{RUN}</script></mtext></math>",
    f"<style onload={RUN}></style>",
    f'<link rel=stylesheet href="data:text/css,x" onload="{RUN}">',
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f"java\tscript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    "{{ cycler.__init__.__globals__.os.system('true') }}<script>" + RUN + "</script>",
]
FIELDS = ("title", "outlet", "url", "quote", "speaker", "place")
BROWSER = next(
    (p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), ""
)
needs_browser = pytest.mark.skipif(not BROWSER, reason="no Chromium here: apt-get install chromium")


def dom(url: str, folder: Path) -> str:
    """Return the page's DOM after scripts, if any, had their time."""
    done = subprocess.run(
        [
            *(
                BROWSER,
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
            ),
            *(f"--user-data-dir={folder}", "--virtual-time-budget=2000", "--dump-dom", url),
        ],
        capture_output=True,
        text=True,
        timeout=90,
        check=True,
    )
    return done.stdout


def ran(page: str) -> bool:
    return re.search(r"<html[^>]*\bpwned=", page) is not None


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("href", "src", "action")]


def scripts(page: str) -> list[str]:
    """Return the links that would run something."""
    parser = _Links()
    parser.feed(page)
    plain = (re.sub(r"[\x00-\x20]", "", link).lower() for link in parser.found)
    return [link for link in plain if link.startswith(("javascript:", "data:", "vbscript:"))]


def hostile() -> list[Extraction]:
    """Return an article a payload, which stands in each of the fields."""
    found = []
    for number, payload in enumerate(PAYLOADS):
        text = f"Norway expelled two Russians. {payload} In {payload}, said {payload}.\n"
        event = Event(
            type="Expulsion",
            trigger=Span(7, 15),
            quote=Span(0, len(text) - 1),
            actors=(Argument("actor", Party("NO", vocab.actor("NO").value, "Norway"), "window"),),
            targets=(
                Argument(
                    "target",
                    Party(f"B{number}", vocab.actor(f"B{number}").value, payload),
                    "window",
                ),
            ),
            place=payload,
            condition=payload,
            reason=payload,
            speaker=Person(payload, payload, "NO"),
        )
        told = article(f"h{number}-{quote(payload, '')[:30]}", text)
        told = replace(told, title=payload, outlet=payload, url=payload)
        found.append(
            Extraction(article=told, events=(event,), model="m", ontology="0", warnings=(payload,))
        )
    return found


@pytest.fixture(scope="module")
def hostile_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return gold.fill(tmp_path_factory.mktemp("hostile"), hostile())


@pytest.fixture(scope="module")
def hostile_server(hostile_store: Path) -> Iterator[Server]:
    with running(hostile_store) as one:
        yield one


def test_there_are_25_payloads_in_six_fields() -> None:
    assert len(set(PAYLOADS)) == 25
    assert len(FIELDS) == 6


@needs_browser
def test_the_browser_does_run_what_is_not_escaped(tmp_path: Path) -> None:
    page = tmp_path / "bare.html"
    page.write_text("<!doctype html><title>x</title><p>" + PAYLOADS[5], encoding="utf-8")
    assert ran(dom(page.as_uri(), tmp_path / "profile"))


@needs_browser
def test_nothing_runs_in_the_report(hostile_store: Path, tmp_path: Path) -> None:
    with store.read(hostile_store) as reader:
        text = report(Lookup(reader), PAYLOADS[1])
    # Escaping alone must do, so the policy that would stop a script as well is taken out once.
    bare = re.sub(r"<meta http-equiv=[^>]*>", "", text)
    for name, page in (("with", text), ("bare", bare)):
        path = tmp_path / f"{name}.html"
        path.write_text(page, encoding="utf-8")
        shown = dom(path.as_uri(), tmp_path / "profile")
        assert not ran(shown)
        assert not scripts(shown)
        assert html.escape(PAYLOADS[0]).replace("&#x27;", "&#39;") in page
        assert shown.count('class="event"') == text.count('class="event"')


@needs_browser
def test_nothing_runs_in_the_explorer(
    hostile_server: Server, hostile_store: Path, tmp_path: Path
) -> None:
    base = f"http://127.0.0.1:{hostile_server.port}"
    with store.read(hostile_store) as reader:
        lookup = Lookup(reader)
        events = [brief.iri.removeprefix(vocab.DATA) for brief in lookup.briefs]
        articles = [one.iri.removeprefix(vocab.DATA) for one in lookup.articles]
    every = quote(" ".join(PAYLOADS))
    pages = [
        *(
            "/",
            "/events",
            "/actors",
            "/actor/NO",
            "/queries/events",
            "/queries/events?view=timeline",
        ),
        *(
            "/search?q=norway",
            f"/search?q={every}",
            f"/ask?text={every}",
            f"/queries/events?actor={every}",
        ),
        *(f"/{name}" for name in (*events[::9], *articles[::9])),
        f"/{quote(PAYLOADS[0])}",
    ]
    for path in pages:
        shown = dom(base + path, tmp_path / "profile")
        assert "<main" in shown
        assert not ran(shown), path
        assert not scripts(shown), path


def test_every_page_of_every_payload_is_inert_as_text(
    hostile_server: Server, hostile_store: Path
) -> None:
    with store.read(hostile_store) as reader:
        lookup = Lookup(reader)
        paths = [
            iri.removeprefix(vocab.DATA)
            for iri in (*lookup.brief_of, *(a.iri for a in lookup.articles))
        ]
    assert len(paths) == 2 * len(PAYLOADS)
    for path in paths:
        status, _, body = hostile_server.get(f"/{path}")
        assert status == 200
        page = body.decode()
        assert not scripts(page)
        assert not re.search(r"<(script|iframe|img|video|body [^>]*on|details open on)", page)
