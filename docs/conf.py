"""The site: Sphinx with the theme furo; pages are Markdown, the reference is read from the docstrings."""

import re
from importlib.metadata import version as _version

project = "copydesk"
author = "the copydesk team"
release = _version("copydesk")
extensions = ["myst_parser", "sphinx.ext.autodoc"]
html_theme = "furo"
html_title = "copydesk"
html_show_sphinx = False
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]
autodoc_member_order = "bysource"
exclude_patterns = ["_build"]
# "python notest" is Python that the tests do not run.
suppress_warnings = ["misc.highlighting_failure"]


def docstring(app, what, name, obj, options, lines):
    """Our docstrings are plain text: `code` in single backquotes, and a line for each argument that begins with its name."""
    told = []
    for line in lines:
        line = re.sub(r"(?<!`)`([^`]+)`(?!`)", r"``\1``", line)
        argument = re.match(r"([a-z_]+(?:, [a-z_]+)*): ", line)
        if argument:
            told.append("")
            line = f"**{argument[1]}**: {line[argument.end():]}"
        told.append(line.replace("*.", r"\*.") if not line.startswith(">>>") else line)
    lines[:] = told


def setup(app):
    """What Sphinx calls."""
    app.connect("autodoc-process-docstring", docstring)
