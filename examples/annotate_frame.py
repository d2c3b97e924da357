"""A frame of pages in, a frame of claims out, as part of a pandas pipeline.

python examples/annotate_frame.py
"""

from __future__ import annotations

import copydesk as cd
import pandas as pd


def claims_of(pages: pd.DataFrame) -> pd.DataFrame:
    """The claims of a frame with the columns `html` and `day`, each under the id of its page."""
    corpus = cd.parse_many(pages["html"], ids=pages.index, published=pages["day"])
    frame: pd.DataFrame = corpus.claims.to_pandas()
    return frame.set_index("doc")[["source_name", "stance", "text", "value", "unit", "event_date"]]


def main() -> None:
    """Prints the claims of two pages."""
    html = ["<p>The army said on Monday it had retaken 20 villages.</p>", "<p>The mayor denied that 40 homes burnt.</p>"]
    pages = pd.DataFrame({"html": html, "day": ["2024-05-17", "2024-05-18"]}, index=["north", "south"])
    print(claims_of(pages).to_string())


if __name__ == "__main__":
    main()
