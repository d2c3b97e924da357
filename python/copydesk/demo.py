"""The main job on a folder: a table on the screen, tables as Parquet, and one page with the highlighted articles."""

from __future__ import annotations

import sys

from . import Corpus, cli, parse_many
from .cli import files_of


def _short(text: str, width: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= width else text[: width - 1] + "…"


def table(corpus: Corpus) -> str:
    """The quantities of a corpus with their sentences and where in the source they were read."""
    lines = [f"{'document':<22}{'source':>13}  {'quantity':<34}{'value':>13}  {'unit':<18}{'counted':<22}sentence"]
    for doc in corpus:
        sentences = list(doc.sentences)
        for quantity in doc.quantities:
            at = f"{quantity.source_start}:{quantity.source_end}"
            value = "" if quantity.value is None else f"{quantity.value:,.10g}"
            counted = quantity.counted.text if quantity.counted else ""
            holding = next((s.text for s in sentences if s.start <= quantity.start < s.end), "")
            lines.append(
                f"{_short(doc.id.rpartition('/')[2], 21):<22}{at:>13}  {_short(quantity.text, 33):<34}{value:>13}  "
                f"{_short(quantity.unit or '', 17):<18}{_short(counted, 21):<22}{_short(holding, 60)}"
            )
    return "\n".join(lines)


def main(folder: str, out: str) -> int:
    """Prints the table and writes the rest to `out`."""
    files = [file for file in files_of([folder]) if file is not None]
    corpus = parse_many([file.read_bytes() for file in files], ids=[str(file) for file in files])
    print(table(corpus))
    tables = "blocks,dropped,links,sentences,quantities,failures"
    return cli.main([folder, "--tables", tables, "--format", "parquet", "-o", out, "--html", f"{out}/articles.html"])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
