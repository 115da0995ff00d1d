"""Places and what is known about them. Public reference data: the one thing no organisation owns."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from . import geometry, indicators


class Area(models.Model):
    class Kind(models.TextChoices):
        COUNTRY = "country", _("Country")
        MUNICIPALITY = "gemeente", _("Municipality")
        DISTRICT = "wijk", _("District")
        NEIGHBOURHOOD = "buurt", _("Neighbourhood")

    code = models.CharField(_("code"), max_length=12, unique=True)  # as CBS writes it: GM0995, WK034403
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(max_length=12, choices=Kind)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    geometry = models.JSONField(null=True, blank=True)  # GeoJSON Polygon or MultiPolygon, lon/lat WGS84
    boundary_year = models.PositiveSmallIntegerField(null=True, blank=True)
    # The box around the geometry, in degrees: neighbours are found without reading every border.
    west = models.FloatField(null=True, editable=False)
    south = models.FloatField(null=True, editable=False)
    east = models.FloatField(null=True, editable=False)
    north = models.FloatField(null=True, editable=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.measure()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("areas:area", args=[self.code])

    def measure(self) -> None:
        """Set the box; whoever writes areas in bulk calls this first."""
        box = geometry.box(self.geometry) if self.geometry else (None, None, None, None)
        self.west, self.south, self.east, self.north = box


class Indicator(models.Model):
    """One thing that is counted or measured, by CBS's own name for it."""

    name = models.CharField(max_length=80, unique=True)
    # "%", "people", "ha" ...: the keys of `indicators.UNITS`
    unit = models.CharField(max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(default=indicators.UNKNOWN_POSITION)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """In the reader's language; the source's own name when we don't know it."""
        known = indicators.known(self.name)
        return str(known.label) if known else self.name

    @property
    def is_main(self) -> bool:
        known = indicators.known(self.name)
        return bool(known and known.main)

    @property
    def unit_label(self) -> str:
        return str(indicators.UNITS.get(self.unit, self.unit))


class Observation(models.Model):
    """A figure of one area in one year. `value` is null when the source suppressed it; that is not 0."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="observations")
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="observations")
    year = models.PositiveSmallIntegerField()
    value = models.FloatField(null=True)
    source = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "indicator", "year"], name="one_figure_per_area_indicator_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.indicator} {self.year}"


class AreaImport(models.Model):
    """A file that changed something: what and when. Its number is the version of all area data, for caches."""

    name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    areas = models.PositiveIntegerField()
    figures = models.PositiveIntegerField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d}"

    @classmethod
    def version(cls) -> int:
        """Goes up with every import that changed something; 0 before the first."""
        return cls.objects.values_list("pk", flat=True).first() or 0
