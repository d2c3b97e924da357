"""One wheel, for any Python from 3.10 on, no larger than 10 MB, that asks for no other package.

python tests/wheel.py FOLDER
"""

import sys
import zipfile
from pathlib import Path

LARGEST = 10_000_000
"""Bytes of a wheel, which is compressed."""


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
    size = wheel.stat().st_size
    assert size <= LARGEST, f"{wheel.name} has {size:,} bytes, more than {LARGEST:,}"
    return size


if __name__ == "__main__":
    print(f"{check(sys.argv[1]):,} bytes")
