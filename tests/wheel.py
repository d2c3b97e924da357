"""One wheel, for any Python from 3.10 on, no larger than 10 MB, that asks for no other package and lists the crates in it.

python tests/wheel.py FOLDER
"""

import json
import re
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

LARGEST = 10_000_000
"""Bytes of a wheel, which is compressed."""


def crates(folder):
    """Names and versions of what the bill of materials of the wheel in a folder lists (CycloneDX, at the place of PEP 770)."""
    (wheel,) = Path(folder).glob("*.whl")
    with zipfile.ZipFile(wheel) as content:
        (bill,) = (name for name in content.namelist() if name.endswith(".dist-info/sboms/copydesk.cyclonedx.json"))
        told = json.loads(content.read(bill))
    assert told["bomFormat"] == "CycloneDX"
    return {(crate["name"], crate["version"]) for crate in (told["metadata"]["component"], *told["components"])}


def check(folder):
    """Raises AssertionError where the wheel in a folder breaks a promise; returns its size."""
    wheels = list(Path(folder).glob("*.whl"))
    assert len(wheels) == 1, wheels
    (wheel,) = wheels
    assert "-cp310-abi3-" in wheel.name, wheel.name
    with zipfile.ZipFile(wheel) as content:
        names = content.namelist()
        (metadata,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        needs = [line for line in content.read(metadata).decode().splitlines() if line.startswith("Requires-Dist:")]
    assert all("extra ==" in line for line in needs), needs
    assert {"copydesk/py.typed", "copydesk/_copydesk.pyi", "copydesk/notebook.css"} <= set(names)
    # Python 3.10 has no tomllib.
    locked = set(re.findall('^name = "(.*)"\nversion = "(.*)"', (ROOT / "Cargo.lock").read_text(encoding="utf-8"), re.MULTILINE))
    listed = crates(folder)
    assert len(listed) > 50 and listed <= locked, sorted(listed - locked)
    size = wheel.stat().st_size
    assert size <= LARGEST, f"{wheel.name} has {size:,} bytes, more than {LARGEST:,}"
    return size


if __name__ == "__main__":
    print(f"{check(sys.argv[1]):,} bytes")
