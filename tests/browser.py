"""Chromium without a window: what a page shows, and what it does that it should not.

The fixture `chromium` (in conftest.py) is a browser. `seen(chromium, html)` opens a page of it on some HTML and watches it:

    with seen(chromium, doc._repr_html_()) as page:
        page.inert(".copydesk")
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCREENS = ROOT / "out" / "screens"

MARKER = "copydesk_ran"
"""What hostile input sets on `window` if it runs."""

# All that the display writes, and what a notebook puts around it. Anything else is markup of the article that has come alive.
WRITTEN = {
    "article": set(),
    "b": set(),
    "blockquote": {"dir"},
    "details": {"open"},
    "div": {"class", "dir"},
    "input": {"type", "id", "class", "checked"},
    "label": {"for", "class"},
    "li": {"dir"},
    "mark": {"class", "data-tip", "data-label"},
    "p": {"class", "dir", "role", "aria-level"},
    "summary": set(),
    "table": set(),
    "tbody": set(),
    "td": {"class", "dir"},
    "th": {"class", "dir"},
    "thead": set(),
    "tr": set(),
    "ul": set(),
}

ELEMENTS = """(roots) => [...new Set(roots.flatMap(root => [root, ...root.querySelectorAll("*")])
    .map(e => [e.localName, ...e.getAttributeNames()].join("\\0")))]"""


def missing() -> str | None:
    """Why there is no browser, or None."""
    try:
        import playwright  # noqa: F401
    except ImportError:
        return "playwright is not installed"
    return None if shutil.which("chromium") else "chromium is not installed: apt-get install chromium"


@contextmanager
def launched():
    """A browser; skips the test where there is none, and fails it in CI."""
    if reason := missing():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"))
        try:
            yield browser
        finally:
            browser.close()


class Seen:
    """A page that is watched. Attributes that it does not have are those of playwright's Page."""

    def __init__(self, page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.told: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("dialog", lambda dialog: (self.told.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("popup", lambda popup: self.told.append(f"popup: {popup.url}"))
        page.on("download", lambda download: self.told.append(f"download: {download.url}"))

    def __getattr__(self, name: str):
        return getattr(self.page, name)

    def foreign(self, home: str) -> list[str]:
        """What was asked of any place that does not begin with `home`."""
        ours = ("data:", "blob:", home, home.replace("http", "ws", 1))
        return [url for url in self.requests if not url.startswith(ours)]

    def elements(self, selector: str) -> list[tuple[str, set[str]]]:
        """What elements there are in what the selector finds, with the names of their attributes, each kind once."""
        found = self.page.locator(selector).evaluate_all(ELEMENTS)
        assert found, f"{selector} finds nothing"
        return [(name, set(attributes)) for name, *attributes in (kind.split("\0") for kind in found)]

    def inert(self, selector: str, home: str = "about:") -> None:
        """Raises AssertionError where something ran or loaded, or where an element is not one that we write."""
        assert self.told == []
        assert self.foreign(home) == []
        assert self.page.evaluate(f"window.{MARKER}") is None
        for name, attributes in self.elements(selector):
            assert name in WRITTEN and attributes <= WRITTEN[name], (name, attributes)

    def picture(self, name: str, selector: str | None = None) -> Path:
        """A screenshot in out/screens, to be looked at."""
        SCREENS.mkdir(parents=True, exist_ok=True)
        path = SCREENS / f"{name}.png"
        target = self.page.locator(selector).first if selector else self.page
        target.screenshot(path=path)
        return path


@contextmanager
def seen(browser, html: str | None = None, *, dark: bool = False, width: int = 1100, height: int = 900):
    """A watched page on `html`; nothing that it asks of the network is let through."""
    context = browser.new_context(
        color_scheme="dark" if dark else "light", viewport={"width": width, "height": height}, offline=html is not None
    )
    try:
        page = Seen(context.new_page())
        if html is not None:
            page.set_content(html)
            page.wait_for_timeout(150)
        yield page
    finally:
        context.close()
