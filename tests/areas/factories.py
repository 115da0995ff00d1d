"""Files and areas for tests. A place here is a square of a tenth of a degree."""

import io
import json
from pathlib import Path
from typing import Any

from django.conf import settings

from participation.areas.models import Area

MUNICIPALITIES = settings.BASE_DIR / "participation/areas/data/gemeenten_2023_cbs_kerncijfers.geojson"
DISTRICTS = Path(__file__).parent / "data/utrecht_wijken_2013_grenzen_met_kwb2025.geojson"


def square(west: float = 5.0, south: float = 52.0, size: float = 0.1) -> dict[str, Any]:
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(code: str = "GM0001", name: str = "Here", **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": square(),
        "properties": {
            "gemeentecode": code,
            "gemeentenaam": name,
            "jaar": 2023,
            "aantalInwoners": 100,
            **properties,
        },
    }


def collection(*features: Any, **members: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **members}


def as_file(document: Any) -> io.BytesIO:
    """A GeoJSON file; text and bytes are taken as they are."""
    if not isinstance(document, str | bytes):
        document = json.dumps(document)
    return io.BytesIO(document if isinstance(document, bytes) else document.encode())


def area(code: str = "GM0001", name: str = "Here", **fields: Any) -> Area:
    fields.setdefault("geometry", square())
    fields.setdefault("kind", Area.Kind.MUNICIPALITY)
    return Area.objects.create(code=code, name=name, **fields)


# Lelystad, its neighbours, and Utrecht for its districts.
SOME = {"GM0995", "GM0034", "GM0303", "GM0050", "GM0184", "GM0171", "GM0405", "GM0420", "GM0243", "GM0344"}


def some_municipalities() -> io.BytesIO:
    """Ten of the 342, where a test doesn't need them all."""
    document = json.loads(MUNICIPALITIES.read_text())
    document["features"] = [
        item for item in document["features"] if item["properties"]["gemeentecode"] in SOME
    ]
    return as_file(document)
