"""docs/architecture.md names what there is, and the other documents what they lead to."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata

from django.conf import settings

ROOT = settings.BASE_DIR
TEXT = (ROOT / "docs" / "architecture.md").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def missing(names):
    return [name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", TEXT)]


def test_every_app_has_its_line():
    apps = [folder.parent.name for folder in (ROOT / "participation").glob("*/apps.py")]
    assert missing(f"| `{name}` |" for name in apps) == []


def test_the_order_of_imports_is_the_one_that_is_checked():
    (contract,) = PROJECT["tool"]["importlinter"]["contracts"]
    layers = [layer.removeprefix("participation.") for layer in contract["layers"]]
    assert " > ".join(layers) in TEXT


def test_every_package_has_its_reason():
    groups = [PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"].values()]
    assert missing(re.match(r"[\w-]+", line)[0] for group in groups for line in group) == []


def test_every_file_that_is_named_exists():
    named = set(re.findall(r"`((?:\w[\w./-]*/)[\w.-]+\.(?:py|md|json|toml))`", TEXT))
    places = (ROOT, ROOT / "participation")
    assert [name for name in sorted(named) if not any((place / name).exists() for place in places)] == []


def licences():
    """Package -> licence, as the tables of "What we stand on" say."""
    part = TEXT.split("## What we stand on")[1].split("In the browser")[0]
    for names, licence in re.findall(r"^\| ([^|]+) \| [^|]+ \| ([^|]+) \|$", part, re.MULTILINE):
        packages = [name.split(" ")[0] for name in names.split(", ")]
        stated = licence.split(" (")[0].split(", ")
        yield from zip(packages, stated * len(packages) if len(stated) == 1 else stated, strict=True)


def test_licences_are_those_that_the_packages_state():
    """Of packages that state one in the form of SPDX; older ones say no more than "BSD"."""
    wrong, compared = {}, 0
    for package, licence in licences():
        try:
            stated = metadata(package)["License-Expression"]
        except PackageNotFoundError:
            continue  # the heading's words
        compared += bool(stated)
        if stated and stated.replace(" OR ", " or ") != licence:
            wrong[package] = stated
    assert wrong == {}
    assert compared > 15


def test_every_document_is_led_to():
    documents = [file.name for file in (ROOT / "docs").glob("*.md") if file.name != "architecture.md"]
    readme = (ROOT / "README.md").read_text()
    assert [name for name in documents if f"]({name})" not in TEXT] == []
    assert [name for name in documents if f"](docs/{name})" not in readme] == []


def test_links_between_documents_lead_somewhere():
    broken = []
    for file in [*(ROOT / "docs").glob("*.md"), *ROOT.glob("*.md")]:
        text = file.read_text()
        for place, part in re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", text):
            target = file.parent / place if place else file
            if not target.exists() or (part and part not in headings(target.read_text())):
                broken.append(f"{file.name}: {place}#{part}")
    assert broken == []


def headings(text):
    """The parts of a document that a link can name."""
    found = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in found}
