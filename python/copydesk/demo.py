"""The main job on a folder: a table on the screen, tables as Parquet, and one page with the highlighted articles."""

from __future__ import annotations

import sys

from . import TABLES, Claim, Corpus, cli, parse_many


def _short(text: str, width: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= width else text[: width - 1] + "…"


def _number(number: float) -> str:
    if number.is_integer():
        return f"{number:,.0f}"
    return f"{number:,.4f}".rstrip("0") if abs(number) > 0.001 else f"{number:.4g}"


def _value(claim: Claim) -> str:
    if claim.value is not None:
        return _number(claim.value)
    if claim.low is None and claim.high is None:
        return ""
    low, high = ("" if end is None else _number(end) for end in (claim.low, claim.high))
    return f"{low}–{high}"


COLUMNS = (
    ("document", 20),
    ("source", 13),
    ("who", 24),
    ("stance", 9),
    ("what is claimed", 36),
    ("bound", 10),
    ("value", 15),
    ("unit", 16),
    ("of what", 20),
    ("when", 12),
)
"""The columns of the table on the screen and their widths."""


def _row(name: str, claim: Claim) -> tuple[str, ...]:
    at = f"{claim.source_start}:{claim.source_end}"
    what = claim.what.text if claim.what else ""
    who = claim.source_name or claim.source_type
    told = (who, claim.stance, claim.text, claim.bound or "", _value(claim), claim.unit or "", what, claim.event_date or "")
    return (name, at, *told)


def table(corpus: Corpus) -> str:
    """The claims of a corpus: who says how many of what and when, and where in the source it was read."""
    lines = ["  ".join(name.ljust(width) for name, width in COLUMNS).rstrip()]
    for doc in corpus:
        for claim in doc.claims:
            cells = zip(_row(doc.id.rpartition("/")[2], claim), COLUMNS)
            lines.append("  ".join(_short(cell, width).ljust(width) for cell, (_, width) in cells).rstrip())
    return "\n".join(lines)


def main(folder: str, out: str) -> int:
    """Prints the table and writes the rest to `out`."""
    corpus = parse_many(folder)
    print(table(corpus))
    tables = ",".join(TABLES)
    return cli.main([folder, "--tables", tables, "--format", "parquet", "-o", out, "--html", f"{out}/articles.html"])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
