"""The main path, by the instructions that it takes: a clock says little on a machine that others use.

Valgrind counts them (`apt-get install valgrind`). What is done once, such as loading Python and reading the models, is the same in both runs.
"""

import os
import re
import shutil
import subprocess
import sys

import pytest
from conftest import ROOT

MAIN_PATH = """
import sys
from pathlib import Path
import copydesk as cd
pages = [path.read_text(encoding="utf-8") for path in sorted(Path("seeds").glob("0*"))]
for _ in range(int(sys.argv[1])):
    for page in pages:
        doc = cd.parse(page, published="2023-10-01")
        for table in cd.TABLES:
            doc.to_arrow(table)
"""
"""From pages to all of their tables."""

EXPECTED = 45_000_000
"""What a pass over the sample articles takes. Where a change makes it faster, write the new count here, and in docs/performance.md."""

BOUND = 1.4
"""How many times that it may take: compilers and the processors that libraries choose their code for differ."""


FIRST = 50_000_000
"""What a first call may take beyond the import: some ten milliseconds."""


def instructions(tmp_path, program, *arguments):
    if shutil.which("valgrind") is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("valgrind is not installed: apt-get install valgrind")
    valgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={tmp_path / 'out'}"]
    command = [*valgrind, sys.executable, "-c", program, *map(str, arguments)]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=True)
    return int(re.search(r"Collected : (\d+)", done.stderr)[1])


def test_the_main_path(tmp_path):
    once, thrice = (instructions(tmp_path, MAIN_PATH, passes) for passes in (1, 3))
    took = (thrice - once) / 2
    assert took < BOUND * EXPECTED, f"a pass over seeds/ takes {took:,.0f} instructions, {took / EXPECTED:.2f} times what it did"


@pytest.mark.parametrize("call", ["cd.clean('<p>It cost $5.</p>')", "cd.claims('The army said in May it had lost 40 trucks in Kherson.')"])
def test_the_first_call(tmp_path, call):
    loaded = instructions(tmp_path, "import copydesk as cd")
    took = instructions(tmp_path, f"import copydesk as cd; {call}") - loaded
    assert took < FIRST, f"{call} takes {took:,.0f} instructions at first"
