"""Draws what docs/images holds: `python docs/pictures.py`. The article is seen in Debian's Chromium."""

import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import browser

import copydesk as cd
from copydesk import plot
from copydesk.notebook import article_html, page_html

IMAGES = ROOT / "docs" / "images"


def main():
    corpus = cd.parse_many(sorted((ROOT / "seeds").glob("0[1-5]*")), published="2023-10-01")
    plot.quantities(corpus, unit="USD").figure.savefig(IMAGES / "quantities.png", dpi=80)
    plot.places(corpus).figure.savefig(IMAGES / "places.png", dpi=80)
    article = cd.read(ROOT / "seeds" / "05_artemis_page.html")
    page = page_html([]).replace("<body>", f"<body>{article_html(article)}")
    with browser.launched() as chromium, browser.seen(chromium, page, width=800, height=640) as seen:
        seen.locator("mark.quantities").first.hover()
        seen.screenshot(path=IMAGES / "article-light.png")


if __name__ == "__main__":
    main()
