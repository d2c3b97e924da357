"""Everything that the documentation shows is run."""

import doctest
import os
import re
import subprocess
import sys

import nbformat
import pytest
from conftest import ROOT
from nbclient import NotebookClient

import copydesk
import copydesk.arrow
import copydesk.pandas
import copydesk.plot
import copydesk.polars
import copydesk.sources
from copydesk import _copydesk


def blocks(path):
    return re.findall(r"^```python\n(.*?)^```", path.read_text(encoding="utf-8"), re.S | re.M)


PAGES = ["README.md", *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", sorted((ROOT / "docs/stages").glob("*.md")), ids=lambda page: page.stem)
def test_figures_of_a_stage_stand_in_the_table(page):
    (line,) = re.findall(r"^\*\*Figures\.\*\* (.*)$", page.read_text(encoding="utf-8"), re.M)
    figures = re.findall(r"\d*\.\d+|\d+ of \d+", line)
    table = (ROOT / "docs/figures.md").read_text(encoding="utf-8")
    assert figures and [figure for figure in figures if not re.search(rf"(?<![\d.]){re.escape(figure)}(?!\d)", table)] == []


@pytest.mark.parametrize("name", [name for name in PAGES if blocks(ROOT / name)])
def test_python_blocks(name, monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("MPLBACKEND", "agg")
    namespace: dict = {}
    for block in blocks(ROOT / name):
        exec(compile(block, name, "exec"), namespace)


def test_every_block_is_run_or_says_that_it_is_not():
    told = re.compile(r"^```(.*)$", re.M)
    for name in PAGES:
        for opening in told.findall((ROOT / name).read_text(encoding="utf-8"))[::2]:
            known = ("", "python", "python notest", "text", "console", "{toctree}", "{eval-rst}")
            assert opening in known, (name, opening)


def test_the_site(tmp_path):
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "docs", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    shown = (tmp_path / "reference.html").read_text(encoding="utf-8")
    for name in copydesk.__all__:
        part = getattr(copydesk, name)
        assert not isinstance(part, type) or f'id="copydesk.{name}"' in shown, name


def test_the_output_that_the_readme_shows(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    exec(compile(blocks(ROOT / "README.md")[0], "README.md", "exec"), {})
    shown = re.search(r"<!-- output -->\n```text\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    assert shown and capsys.readouterr().out == shown[1]


def test_docstrings(monkeypatch):
    monkeypatch.chdir(ROOT)
    finder = doctest.DocTestFinder(exclude_empty=True)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    modules = (copydesk.pandas, copydesk.polars, copydesk.arrow, copydesk.sources, copydesk.plot)
    classes = (_copydesk.Desk, _copydesk.Document, _copydesk.Corpus)
    found = [test for part in classes for test in finder.find(part, part.__name__, module=False)]
    found += [test for module in modules for test in finder.find(module)]
    for test in found:
        runner.run(test)
    assert runner.summarize().failed == 0 and runner.tries > 5


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.name)
def test_notebook(path):
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(ROOT / "notebooks")}}).execute()
