"""docs/architecture.md names what there is."""

import re
import tomllib

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
