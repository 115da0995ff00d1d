"""What a slide shows beside its words: a picture, a video with captions, or a place. Frozen in a step's labels under
`media` as `surveys.media` does it: by id."""

from collections.abc import Mapping
from typing import Any

from surveys import media
from surveys.media import Media

MEDIA = "media"  # in Step.labels, where no language is called so
CAPTIONS = "captions"


def frozen(value: Mapping[str, Any]) -> dict[str, Any]:
    """Of a slide block's value; empty when there are only words."""
    found: dict[str, Any] = dict(media.references(value))
    if value.get("area"):
        found["map"] = {"area": value["area"]}
    if value.get("latitude") is not None and value.get("longitude") is not None:
        found["degrees"] = [float(value["longitude"]), float(value["latitude"])]
    return found


def captions_in(media: Mapping[str, Any], language: str, other: Mapping[str, Any]) -> dict[str, Any]:
    """The `media` of a step with the captions that a translated page chose for the same video (in its own `media`)."""
    if not media.get("video") or other.get("video") != media["video"] or not other.get(CAPTIONS):
        return dict(media)
    return {**media, _name(language): other[CAPTIONS]}


def with_translated(media: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """New `media` with the captions that were translated before, as long as it is the same video."""
    if not media.get("video") or before.get("video") != media["video"]:
        return dict(media)
    return {**{name: each for name, each in before.items() if name.startswith(_name(""))}, **media}


def _name(language: str) -> str:
    return f"{CAPTIONS}_{language}"


def shape(
    labels: Mapping[str, Any], words: Mapping[str, str], shown: Media, language: str, source_language: str
) -> dict[str, Any]:
    """The step's `picture`, `video` and `place`, each null when there is none (any more)."""
    found = shown.filled(labels.get(MEDIA, {}), language)
    video = _video(found, language, source_language)
    return {"picture": found.get("picture"), "video": video, "place": _place(found, words)}


def _video(found: Mapping[str, Any], language: str, source_language: str) -> dict[str, Any] | None:
    """A video without captions is not shown. They are in the reader's language, or else as they were first made."""
    video, own, first = found.get("video"), found.get(_name(language)), found.get(CAPTIONS)
    captions = own or first
    if not video or not captions:
        return None
    return {
        "url": video["url"],
        "type": video["type"],
        "captions": captions["url"],
        "captions_in": language if own else source_language,
    }


def _place(found: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Any] | None:
    if not words.get("place"):
        return None
    drawn, degrees = found.get("map"), found.get("degrees")
    picture = {name: drawn[name] for name in ("url", "width", "height", "alt")} if drawn else None
    return {"name": words["place"], "map": picture, "at": _at(drawn, degrees) if drawn and degrees else None}


def _at(drawn: Mapping[str, Any], degrees: list[float]) -> list[float] | None:
    """From 0 to 1, from the left and from the top; None when it is not on the map."""
    west, south, east, north = drawn["box"]
    x, y = (degrees[0] - west) / (east - west), (north - degrees[1]) / (north - south)
    return [round(x, 4), round(y, 4)] if 0 <= x <= 1 and 0 <= y <= 1 else None
