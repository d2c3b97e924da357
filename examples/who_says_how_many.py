"""Who says how many: the claims of a folder of articles that somebody makes, the largest first.

python examples/who_says_how_many.py seeds people
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import copydesk as cd


def read(folder: Path) -> cd.Corpus:
    """The articles of a folder."""
    files = sorted(path for path in folder.iterdir() if path.suffix in (".txt", ".html"))
    return cd.parse_many([path.read_bytes() for path in files], ids=[path.name for path in files])


def claims_about(corpus: cd.Corpus, what: str) -> Iterator[tuple[str, cd.Claim]]:
    """The claims whose words for what is counted hold `what`, each with its document."""
    for doc in corpus:
        for claim in doc.claims:
            if claim.what is not None and what in claim.what.text.casefold():
                yield doc.id, claim


def least(claim: cd.Claim) -> float:
    """The least that the words of a claim allow."""
    known = (claim.low, claim.value, claim.high)
    return next((end for end in known if end is not None), 0.0)


def main(folder: str, what: str) -> None:
    """Prints the table."""
    found = sorted(claims_about(read(Path(folder)), what), key=lambda pair: least(pair[1]), reverse=True)
    for doc, claim in found:
        print(f"{doc:24}{claim.source_name or claim.source_type:28.26}{claim.stance:10}{claim.text}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
