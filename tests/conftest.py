"""Where the shared development data is, if it is there."""

import os
from pathlib import Path

import browser
import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = Path(os.environ.get("COPYDESK_SHARED") or ROOT.parent / "shared")
    if not (folder / "seeds").is_dir():
        pytest.skip("the development data is not here")
    return folder


@pytest.fixture(scope="session")
def chromium():
    """A browser without a window; tests/browser.py says what to do with it."""
    with browser.launched() as launched:
        yield launched
