"""What we know about CBS's indicators: a label for readers, the unit, and how an honest figure for the whole country
is made of the municipalities' figures. An indicator that is not here is kept and shown under its own name."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

INHABITANTS = "aantalInwoners"
HOUSEHOLDS = "aantalHuishoudens"
LAND = "oppervlakteLandInHa"
# A file must have one of these: without the number of people, other figures can't be weighed or read.
INHABITANT_NAMES = (INHABITANTS, "inwoners_som_buurten")
UNKNOWN_POSITION = 1000


class Country(Enum):
    """How the country's figure follows from the municipalities'."""

    SUM = "sum"
    PER_INHABITANT = "mean weighted by inhabitants"
    PER_HOUSEHOLD = "mean weighted by households"
    DENSITY = "inhabitants per square kilometre of land"
    NONE = "can't be computed honestly"


@dataclass(frozen=True)
class Known:
    name: str
    label: str | Promise
    unit: str = ""
    country: Country = Country.NONE
    main: bool = False
    aliases: tuple[str, ...] = ()


# Units are kept in the database by these words and translated when shown.
UNITS: dict[str, Any] = {
    "%": "%",
    "people": pgettext_lazy("unit", "people"),
    "households": pgettext_lazy("unit", "households"),
    "per household": pgettext_lazy("unit", "people per household"),
    "ha": pgettext_lazy("unit", "ha"),
    "per km2": pgettext_lazy("unit", "people per km²"),
    "addresses per km2": pgettext_lazy("unit", "addresses per km²"),
    # Translators: CBS's classes of urbanity, 1 (very urban) to 5 (not urban)
    "class 1-5": pgettext_lazy("unit", "class 1 to 5"),
}
_PEOPLE, _HOMES = Country.PER_INHABITANT, Country.PER_HOUSEHOLD

CATALOGUE: tuple[Known, ...] = (
    Known(INHABITANTS, _("Inhabitants"), "people", Country.SUM, True, ("a_inw",)),
    Known("inwoners_som_buurten", _("Inhabitants (sum of neighbourhoods)"), "people", Country.NONE, True),
    Known("mannen", _("Men"), "people", Country.SUM, aliases=("a_man",)),
    Known("vrouwen", _("Women"), "people", Country.SUM, aliases=("a_vrouw",)),
    Known("percentagePersonen0Tot15Jaar", _("Aged 0 to 14"), "%", _PEOPLE, True, ("p_00_14",)),
    Known("percentagePersonen15Tot25Jaar", _("Aged 15 to 24"), "%", _PEOPLE, True, ("p_15_24",)),
    Known("percentagePersonen25Tot45Jaar", _("Aged 25 to 44"), "%", _PEOPLE, True, ("p_25_44",)),
    Known("percentagePersonen45Tot65Jaar", _("Aged 45 to 64"), "%", _PEOPLE, True, ("p_45_64",)),
    Known("percentagePersonen65JaarEnOuder", _("Aged 65 or older"), "%", _PEOPLE, True, ("p_65_oo",)),
    Known("percentageOngehuwd", _("Unmarried"), "%", _PEOPLE, aliases=("p_ongeh",)),
    Known("percentageGehuwd", _("Married"), "%", _PEOPLE, aliases=("p_gehuwd",)),
    Known("percentageGescheid", _("Divorced"), "%", _PEOPLE, aliases=("p_gesch",)),
    Known("percentageVerweduwd", _("Widowed"), "%", _PEOPLE, aliases=("p_verwed",)),
    Known(HOUSEHOLDS, _("Households"), "households", Country.SUM, True, ("a_hh",)),
    Known("percentageEenpersoonshuishoudens", _("People living alone"), "%", _HOMES, True, ("p_1p_hh",)),
    Known(
        "percentageHuishoudensZonderKinderen",
        _("Households of more people without children"),
        "%",
        _HOMES,
        aliases=("p_hh_z_k",),
    ),
    Known(
        "percentageHuishoudensMetKinderen",
        _("Households with children"),
        "%",
        _HOMES,
        True,
        ("p_hh_m_k",),
    ),
    Known(
        "gemiddeldeHuishoudsgrootte", _("Average household"), "per household", _HOMES, aliases=("g_hhgro",)
    ),
    Known("percentageMetHerkomstlandNederland", _("Origin: the Netherlands"), "%", _PEOPLE),
    Known(
        "percentageMetHerkomstlandUitEuropaExclNl",
        _("Origin: Europe, not the Netherlands"),
        "%",
        _PEOPLE,
    ),
    Known(
        "percentageMetHerkomstlandBuitenEuropa",
        _("Origin: outside Europe"),
        "%",
        _PEOPLE,
        aliases=("p_herkomst_buiten_europa",),
    ),
    Known(
        "percentageGebInNlMetHerkomstlandNederland",
        _("Born in the Netherlands, origin the Netherlands"),
        "%",
        _PEOPLE,
    ),
    Known(
        "percGebInNlMetHerkomstlandInEuropaExNl",
        _("Born in the Netherlands, origin elsewhere in Europe"),
        "%",
        _PEOPLE,
    ),
    Known(
        "percGebInNlMetHerkomstlandBuitenEuropa",
        _("Born in the Netherlands, origin outside Europe"),
        "%",
        _PEOPLE,
    ),
    Known(
        "percGebBuitenNlMetHerkomstlndInEuropaExNl",
        _("Born abroad, origin elsewhere in Europe"),
        "%",
        _PEOPLE,
    ),
    Known("percGebBuitenNlMetHerkomstlndBuitenEuropa", _("Born abroad, origin outside Europe"), "%", _PEOPLE),
    Known("p_meergezinswoning", _("Homes in apartment buildings"), "%", aliases=("p_mgezw",)),
    Known(
        "bevolkingsdichtheidInwonersPerKm2",
        _("Population density"),
        "per km2",
        Country.DENSITY,
        True,
        ("bev_dich",),
    ),
    Known("omgevingsadressendichtheid", _("Address density"), "addresses per km2", aliases=("ste_oad",)),
    Known("stedelijkheidAdressenPerKm2", _("Urbanity"), "class 1-5", aliases=("ste_mvs",)),
    Known("oppervlakteTotaalInHa", _("Total surface"), "ha", Country.SUM, aliases=("a_opp_ha",)),
    Known(LAND, _("Land"), "ha", Country.SUM, aliases=("a_lan_ha",)),
    Known("oppervlakteWaterInHa", _("Water"), "ha", Country.SUM, aliases=("a_wat_ha",)),
)
POSITIONS = {known.name: position for position, known in enumerate(CATALOGUE)}
_BY_NAME = {name.lower(): known for known in CATALOGUE for name in (known.name, *known.aliases)}


def known(name: str) -> Known | None:
    """The catalogue's entry of an indicator, by CBS's name or one of its older ones, in any case."""
    return _BY_NAME.get(name.lower())
