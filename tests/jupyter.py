"""A JupyterLab of the test's own, and notebooks run in it as a reader would: all cells, in a browser."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import browser
import nbformat
from conftest import ROOT

# Nothing but the notebooks is asked for: no news, no look for a new version, no list of extensions.
OPTIONS = (
    "--no-browser",
    "--allow-root",
    "--expose-app-in-browser",
    "--ServerApp.open_browser=False",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)

SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "apputils-extension/themes": {"adaptive-theme": True},
}
"""All cells are in the page at once; the theme is light or dark as the browser asks."""

IS_READY = """() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === "idle" """

HAVE_RUN = """() => {
    const code = window.jupyterapp.shell.currentWidget.content.widgets.map(cell => cell.model).filter(m => m.type === "code");
    const failed = model => model.outputs.toJSON().some(output => output.output_type === "error");
    return code.some(failed) || code.every(model => model.executionCount !== null);
}"""


class Lab:
    """A running JupyterLab."""

    def __init__(self, folder: Path, home: str, token: str) -> None:
        self.folder, self.home, self.token = folder, home, token

    def ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.home}/api/status?token={self.token}", timeout=1) as answer:
                return answer.status == 200
        except OSError:
            return False

    @contextlib.contextmanager
    def run(self, chromium, name: str, *, dark: bool = False, width: int = 1100, height: int = 1400):
        """The notebook in a watched page, once all of its cells have run."""
        with browser.seen(chromium, dark=dark, width=width, height=height) as page:
            page.goto(f"{self.home}/doc/tree/{name}?token={self.token}&reset")
            page.wait_for_function(IS_READY, timeout=60_000)
            # The command's promise is not waited for: what it returns is too large to be handed over.
            page.evaluate("() => { void window.jupyterapp.commands.execute('notebook:run-all-cells') }")
            page.wait_for_function(HAVE_RUN, timeout=120_000)
            page.wait_for_timeout(500)
            yield page


@contextlib.contextmanager
def running(folder: Path):
    """JupyterLab on a folder, with settings of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(8)
    own = {f"JUPYTER_{kind}_DIR": str(folder / f".{kind.lower()}") for kind in ("CONFIG", "DATA", "RUNTIME")}
    own |= {"JUPYTERLAB_SETTINGS_DIR": str(folder / ".settings"), "JUPYTERLAB_WORKSPACES_DIR": str(folder / ".workspaces")}
    place = (f"--ServerApp.root_dir={folder}", f"--IdentityProvider.token={token}", f"--ServerApp.port={port}")
    for name, settings in SETTINGS.items():
        path = folder / ".settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(settings), encoding="utf-8")
    command = [sys.executable, "-m", "jupyterlab", *OPTIONS, *place]
    with (folder / "jupyter.log").open("w") as log:
        server = subprocess.Popen(command, env={**os.environ, **own}, stdout=log, stderr=log, cwd=folder)
        try:
            lab = Lab(folder, f"http://127.0.0.1:{port}", token)
            until = time.monotonic() + 60
            while not lab.ready():
                assert server.poll() is None and time.monotonic() < until, (folder / "jupyter.log").read_text()
                time.sleep(0.2)
            yield lab
        finally:
            server.terminate()
            server.wait(20)


def copy_notebooks(folder: Path) -> list[Path]:
    """The project's notebooks and the articles that they read."""
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    return [Path(shutil.copy(path, folder)) for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]


def write_notebook(path: Path, *cells: str) -> Path:
    """A notebook of code cells."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    code = [nbformat.v4.new_code_cell(cell) for cell in cells]
    notebook = nbformat.v4.new_notebook(cells=code, metadata={"kernelspec": kernel})
    nbformat.write(notebook, path)
    return path
