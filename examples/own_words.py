"""A desk of your own: names, units, abbreviations and promos that only you know.

python examples/own_words.py
"""

from __future__ import annotations

import copydesk as cd

DESK = cd.Desk(
    names={"Lido Action Group": "ORG"},
    units={"football pitch": "7140 m**2 = pitch"},
    abbreviations=["Coun."],
    boilerplate=[r"^Sign up to our"],
)

PAGE = [
    "<p>The Lido Action Group wants 2 football pitches of grass, Coun. Marl said.</p>",
    "<p>Sign up to our weekly letter.</p>",
]


def main() -> None:
    """Prints what was found."""
    doc = DESK.parse(PAGE)
    print([(name.text, name.label) for name in doc.entities])
    print([(found.text, found.si_value, found.si_unit) for found in doc.quantities])
    print([sentence.text for sentence in doc.sentences])
    print([(left.reason, left.text) for left in doc.dropped])


if __name__ == "__main__":
    main()
