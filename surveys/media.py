"""Pictures, files and maps in a frozen question. What is frozen is which one: `{"image": id}`, `{"document": id}` or
`{"area": code}`, wherever it stands in a question's `config`. What a reader gets is where it is now: read for whole
questionnaires at once, with a constant number of queries. What was deleted since is None, and the question goes on in
words.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.images.utils import to_svg_safe_spec
from wagtail.models import Collection

from participation.areas.pictures import MapPicture, pictures
from participation.core import ranges
from participation.core.errors import Invalid
from participation.organisations.models import Organisation

IMAGE, DOCUMENT, AREA = "image", "document", "area"
# To look at closely, and on a card. Photographs stay in their own format: old phones know no other.
LARGE, SMALL = "max-1600x1200", "max-640x480"
FOREIGN = _("A picture or file of these questions belongs to another organisation. Choose one of your own.")

Found = dict[int, dict[str, Any]]


def reference(value: Any) -> dict[str, int] | None:
    """What is frozen of a chosen picture or file; None of anything else."""
    if isinstance(value, AbstractImage):
        return {IMAGE: value.pk}
    if isinstance(value, AbstractDocument):
        return {DOCUMENT: value.pk}
    return None


def references(value: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """The chosen pictures and files of an editor's block value, by name."""
    found = {name: reference(each) for name, each in value.items()}
    return {name: each for name, each in found.items() if each is not None}


@dataclass
class Media:
    """What some references name, as a reader gets it."""

    images: Found = field(default_factory=dict)
    documents: Found = field(default_factory=dict)
    areas: dict[str, MapPicture] = field(default_factory=dict)

    def filled(self, value: Any, language: str) -> Any:
        """The same JSON with every reference replaced by what it names, or None when that is gone. A picture has `url`,
        `small` (the address of a smaller one), `width`, `height` and `alt`; a map beside these its `box`, `places` and
        `grid` (see `areas.pictures`); a file `url`, `type` and `title`."""
        if isinstance(value, list):
            return [self.filled(each, language) for each in value]
        if not isinstance(value, dict):
            return value
        if (pk := _id(value, IMAGE)) is not None:
            image = self.images.get(pk)
            return image and {**image, "alt": image["alt"].get(language) or image["alt"][""]}
        if (pk := _id(value, DOCUMENT)) is not None:
            return self.documents.get(pk)
        if (code := _code(value)) is not None:
            return _map(code, self.areas[code], language) if code in self.areas else None
        return {name: self.filled(each, language) for name, each in value.items()}


def of(*values: Any) -> Media:
    """What all references in these name. No query when there are none, else at most three, and one for maps (that were
    drawn before)."""
    ids, codes = _ids(values), sorted(set(_codes(values)))
    return Media(
        {image.pk: _image(image) for image in _images(ids[IMAGE])} if ids[IMAGE] else {},
        {
            document.pk: _document(document)
            for document in get_document_model().objects.filter(pk__in=ids[DOCUMENT])
        }
        if ids[DOCUMENT]
        else {},
        pictures(codes) if codes else {},
    )


def check(organisation: Organisation, *values: Any) -> None:
    """Before these are frozen: all they name is the organisation's own. Raises Invalid. Once it is stored its pictures
    are made in the sizes that readers get."""
    ids = _ids(values)
    for model, wanted in ((get_image_model(), ids[IMAGE]), (get_document_model(), ids[DOCUMENT])):
        if wanted and model.objects.filter(pk__in=wanted).exclude(collection__in=_own(organisation)).exists():
            raise Invalid(FOREIGN)
    if ids[IMAGE]:
        transaction.on_commit(partial(_make_sizes, ids[IMAGE]), robust=True)


def _make_sizes(ids: set[int]) -> None:
    for image in _images(ids):
        image.get_renditions(*_sizes(image))


def _own(organisation: Organisation) -> Any:
    """Its collections. Their order changes when one is added, so the path is read anew."""
    top = Collection.objects.filter(pk=organisation.collection_id).first()
    return Collection.objects.filter(path__startswith=top.path) if top else Collection.objects.none()


def _ids(values: Iterable[Any]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {IMAGE: set(), DOCUMENT: set()}
    for value in values:
        for kind, pk in _references(value):
            found[kind].add(pk)
    return found


def _references(value: Any) -> Iterator[tuple[str, int]]:
    if isinstance(value, list):
        for each in value:
            yield from _references(each)
    elif isinstance(value, dict):
        for kind in (IMAGE, DOCUMENT):
            if (pk := _id(value, kind)) is not None:
                yield kind, pk
        for each in value.values():
            yield from _references(each)


def _id(value: Mapping[str, Any], kind: str) -> int | None:
    return value[kind] if len(value) == 1 and isinstance(value.get(kind), int) else None


def _codes(value: Any) -> Iterator[str]:
    if isinstance(value, dict) and (code := _code(value)) is not None:
        yield code
    elif isinstance(value, dict | list | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _codes(each)


def _code(value: Mapping[str, Any]) -> str | None:
    return value[AREA] if len(value) == 1 and isinstance(value.get(AREA), str) else None


def _map(code: str, drawn: MapPicture, language: str) -> dict[str, Any]:
    with override(language):
        address, alt = (
            reverse("areas:picture", args=[code]),
            gettext("Map of %(area)s") % {"area": drawn.name},
        )
    return {
        "url": address,
        "small": address,
        "width": drawn.width,
        "height": drawn.height,
        "alt": alt,
        "box": drawn.box,
        "places": drawn.places,
        "grid": drawn.grid,
    }


def _images(ids: Iterable[int]) -> Any:
    model = get_image_model()
    both = [LARGE, SMALL, *map(to_svg_safe_spec, (LARGE, SMALL))]
    return model.objects.filter(pk__in=ids).prefetch_renditions(*dict.fromkeys(both))


def _sizes(image: AbstractImage) -> list[str]:
    return [to_svg_safe_spec(spec) if image.is_svg() else spec for spec in (LARGE, SMALL)]


def _image(image: Any) -> dict[str, Any]:
    """Only from what was read already: a size that is not there is the picture itself."""
    made = {rendition.filter_spec: rendition for rendition in image.prefetched_renditions}
    large, small = (made.get(spec, image) for spec in _sizes(image))
    english = getattr(image, "description_en", "")
    return {
        "url": large.file.url,
        "small": small.file.url,
        "width": large.width,
        "height": large.height,
        "alt": {"": image.description, "en": english},
    }


def _document(document: Any) -> dict[str, Any]:
    kind = ranges.type_of(document.filename) or document.content_type
    return {"url": document.url, "type": kind, "title": document.title}
