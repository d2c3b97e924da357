"""Everything that the documentation shows is run."""

import doctest
import os
import re

import nbformat
import pytest
from conftest import ROOT
from nbclient import NotebookClient

import copydesk
import copydesk.arrow
import copydesk.pandas
import copydesk.polars
import copydesk.sources
from copydesk import _copydesk


def blocks(path):
    return re.findall(r"^```python\n(.*?)^```", path.read_text(encoding="utf-8"), re.S | re.M)


@pytest.mark.parametrize("name", ["README.md", "docs/guide.md", "docs/frames.md", "docs/scale.md"])
def test_python_blocks(name, monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    namespace: dict = {}
    for block in blocks(ROOT / name):
        exec(compile(block, name, "exec"), namespace)


def test_the_output_that_the_readme_shows(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    exec(compile(blocks(ROOT / "README.md")[0], "README.md", "exec"), {})
    shown = re.search(r"<!-- output -->\n```text\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    assert shown and capsys.readouterr().out == shown[1]


def test_docstrings(monkeypatch):
    monkeypatch.chdir(ROOT)
    finder = doctest.DocTestFinder(exclude_empty=True)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    modules = (copydesk.pandas, copydesk.polars, copydesk.arrow, copydesk.sources)
    found = [*finder.find(_copydesk.Desk, "Desk", module=False), *(test for module in modules for test in finder.find(module))]
    for test in found:
        runner.run(test)
    assert runner.summarize().failed == 0 and runner.tries > 5


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.name)
def test_notebook(path):
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(ROOT / "notebooks")}}).execute()
