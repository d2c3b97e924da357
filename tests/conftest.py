"""Where the development data is, if it is there; and the span rules, held against all that any test reads."""

import _thread
import functools
import os
import signal
import threading
import time
from pathlib import Path

import browser
import invariants
import pytest

import copydesk

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = Path(os.environ.get("COPYDESK_SHARED") or ROOT.parent / "shared")
    if not (folder / "seeds").is_dir():
        pytest.skip("the development data is not here")
    return folder


def press_soon() -> list[float]:
    """Presses Ctrl-C in three tenths of a second; the list then holds the time."""

    def press():
        time.sleep(0.3)
        pressed.append(time.time())
        _thread.interrupt_main()

    # A shell starts what runs in its background with Ctrl-C ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    pressed: list[float] = []
    threading.Thread(target=press).start()
    return pressed


MOST = 100_000
"""Characters of a document that is checked in every test; tests of size check what they need themselves."""


def checked_document(doc):
    if len(doc.text) <= MOST:
        invariants.check(doc)


def checked_corpus(corpus):
    for doc in corpus[:20] if isinstance(corpus, list) else (corpus[at] for at in range(min(20, len(corpus)))):
        checked_document(doc)


def checked(method, check):
    """The method of a desk, whose result is held against the rules before anyone sees it."""

    @functools.wraps(method)
    def call(*args, **options):
        result = method(*args, **options)
        check(result)
        return result

    return call


def checked_stage(method, stage):
    @functools.wraps(method)
    def call(desk, text, **options):
        spans = method(desk, text, **options)
        if isinstance(text, str) and len(text) <= MOST:
            invariants.check_spans(spans, text, text, "boundaries" if options.get("explain") else stage)
        return spans

    return call


@pytest.fixture(scope="session", autouse=True)
def rules():
    """Every document and every list of spans that a test gets obeys the rules of tests/invariants.py."""
    desk = copydesk.Desk
    for name in ("parse", "read"):
        setattr(desk, name, checked(getattr(desk, name), checked_document))
    desk.parse_many = checked(desk.parse_many, checked_corpus)
    for name in invariants.STAGES:
        setattr(desk, name, checked_stage(getattr(desk, name), name))
    for name in ("parse", "read", "parse_many", *invariants.STAGES):
        setattr(copydesk, name, getattr(copydesk._desk, name))


@pytest.fixture(scope="session")
def chromium():
    """A browser without a window; tests/browser.py says what to do with it."""
    with browser.launched() as launched:
        yield launched
