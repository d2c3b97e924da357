"""What the package is made of: known licences, no source but the registry, no right that a workflow does not need."""

import json
import re
import subprocess
import tomllib

from conftest import ROOT

ALLOWED = set(tomllib.loads((ROOT / "deny.toml").read_text(encoding="utf-8"))["licenses"]["allow"])


def free(licence):
    """Whether one of its alternatives is made of allowed licences alone."""
    words = licence.replace("/", " OR ").replace("(", " ").replace(")", " ")
    return any(
        all(part.split(" WITH ")[0].strip() in ALLOWED for part in either.split(" AND ")) for either in words.split(" OR ")
    )


def test_licences_of_what_is_shipped():
    command = ["cargo", "metadata", "--locked", "--offline", "--format-version", "1", "--features", "python"]
    packages = json.loads(subprocess.run(command, capture_output=True, check=True, cwd=ROOT).stdout)["packages"]
    assert len(packages) > 50
    assert [package["name"] for package in packages if not free(package["license"] or "")] == []


def test_the_lock_file_names_registries_only():
    lock = tomllib.loads((ROOT / "Cargo.lock").read_text(encoding="utf-8"))
    others = [package for package in lock["package"] if package["name"] != "copydesk"]
    assert all(package["source"].startswith("registry+") and package["checksum"] for package in others)


def test_workflows_ask_for_no_more_than_reading():
    for file in (ROOT / ".github" / "workflows").glob("*.yml"):
        text = file.read_text(encoding="utf-8")
        assert re.search(r"^permissions:\n  contents: read$|^permissions: *(\{\}|read-all)$", text, re.MULTILINE), file.name
