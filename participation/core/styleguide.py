"""The living style page: every component in every state, on sample words. Served in DEBUG only."""

from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static

PARTS = {
    "": "styleguide.html",
    "form": "styleguide/form.html",
    "phone": "styleguide/phone.html",
    "screen": "styleguide/screen.html",
    "console": "styleguide/console.html",
    "staff": "styleguide/staff.html",
}
AGES = [("a", "Jonger dan 18"), ("b", "18 tot 40"), ("c", "40 tot 65"), ("d", "65 of ouder")]
PLACES = [("lib", "In de bibliotheek"), ("park", "Buiten, in het park"), ("home", "Thuis")]
SCALE = [(str(n), str(n)) for n in range(1, 6)]


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="Hoe heet je?", required=False, help_text="Je voornaam is genoeg.")
    email = forms.EmailField(label="E-mailadres")
    idea = forms.CharField(
        label="Wat zou je willen doen in de bibliotheek?",
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 500}),
        help_text="Een paar zinnen is genoeg.",
    )
    age = forms.ChoiceField(label="Hoe oud ben je?", choices=AGES, widget=forms.RadioSelect)
    places = forms.MultipleChoiceField(
        label="Waar kom je graag?",
        choices=PLACES,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kies er zoveel als je wilt.",
        required=False,
    )
    score = forms.ChoiceField(label="Hoe belangrijk is dit voor je?", choices=SCALE, widget=forms.RadioSelect)
    district = forms.ChoiceField(label="In welke wijk woon je?", choices=[("", "Kies een wijk"), *PLACES])
    visits = forms.IntegerField(label="Hoe vaak kwam je vorig jaar?", min_value=0)
    day = forms.DateField(label="Welke dag?", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    start = forms.DateTimeField(
        label="Wanneer begint het?",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        required=False,
    )
    photo = forms.FileField(label="Een foto", required=False)
    closed = forms.CharField(label="Dit staat vast", initial="Lelystad", disabled=True, required=False)
    agree = forms.BooleanField(label="Ik wil horen wat ermee gebeurt", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False, initial="x")


def _cards() -> list[dict[str, Any]]:
    long_title = "Avond voor iedereen die met de bus moet: het laatste rondje Lelystad"
    return [
        {
            "title": "Wat wil jij in de nieuwe bibliotheek?",
            "text": "Vertel wat je mist. We gebruiken het voor het plan van volgend jaar.",
            "status": "Nu open",
            "kind": "success",
            "image": static("demo/library-square.svg"),
            "facts": [
                {"icon": "clock", "text": "3 minuten"},
                {"icon": "calendar", "text": "tot 12 december"},
                {"icon": "users", "text": "412 mensen"},
            ],
            "action": "Doe mee",
        },
        {
            "title": long_title,
            "text": "Schrijf een idee, of steun dat van iemand anders.",
            "status": "Binnenkort",
            "kind": "neutral",
            "image": static("demo/harbour.svg"),
            "facts": [{"icon": "idea", "text": "27 ideeën"}],
            "action": "Bekijk de ideeën",
        },
        {
            "title": "Jongeren over hun buurt",
            "text": "Dit vroegen we, dit hoorden we en dit doen we ermee.",
            "status": "Klaar",
            "kind": "inactive",
            "image": static("demo/young-people.svg"),
            "facts": [{"icon": "check-circle", "text": "3 dingen gedaan"}],
            "action": "Lees de uitkomst",
        },
    ]


def _phases() -> list[dict[str, Any]]:
    return [
        {"title": "Vragen stellen", "dates": "1 tot 30 september 2026", "state": "past"},
        {
            "title": "Ideeën verzamelen",
            "dates": "1 oktober tot 12 december 2026",
            "state": "current",
            "text": "Je kunt nu ideeën insturen en steunen.",
            "url": "#",
            "action": "Schrijf een idee",
        },
        {"title": "Kiezen", "dates": "januari 2027", "state": "future"},
        {"title": "Uitvoeren", "dates": "vanaf maart 2027", "state": "future"},
    ]


def _steps() -> list[dict[str, Any]]:
    quote = "Ik zou ’s avonds wel willen komen, maar dan gaat de laatste bus al om acht uur."
    return [
        {"title": "Je zei", "date": "donderdag 3 december, 19.30 uur", "quote": quote, "state": "done"},
        {
            "title": "We lazen het, samen met 38 andere antwoorden",
            "date": "dinsdag 8 december",
            "state": "done",
            "text": "Wat we erin lazen: wie zonder auto woont, kan niet meedoen aan de avond.",
            "url": "#",
            "link": "Bekijk wat er nodig is",
        },
        {
            "title": "We maken een plan",
            "date": "januari 2027",
            "state": "current",
            "text": "De bibliotheek en de gemeente praten met de busmaatschappij.",
        },
        {"title": "We doen het", "date": "maart 2027", "state": "future"},
    ]


def _rows() -> list[dict[str, Any]]:
    counts = [
        ("Langer open in de avond", 182),
        ("Meer werkplekken", 131),
        ("Een café", 74),
        ("Iets anders", 25),
    ]
    total = sum(n for _, n in counts)
    return [{"label": label, "n": n, "share": n / total} for label, n in counts]


def _icons() -> list[str]:
    sprite = Path(__file__).parents[2] / "static" / "icons" / "sprite.svg"
    return [part.split('"')[0] for part in sprite.read_text().split('<symbol id="')[1:]]


def sample() -> dict[str, Any]:
    """All that the style pages show."""
    rows = _rows()
    paginator = Paginator(range(240), 12)
    return {
        "form": SampleForm(),
        "invalid_form": SampleForm({"email": "geen adres", "age": "a"}, prefix="wrong"),
        "cards": _cards(),
        "phases": _phases(),
        "steps": _steps(),
        "rows": rows,
        "total": sum(row["n"] for row in rows),
        "page": paginator.page(7),
        "crumbs": [{"title": "Home", "url": "#"}, {"title": "Meedoen", "url": "#"}, {"title": "Stijlpagina"}],
        "chips": [
            {"label": "Alles", "url": "#", "current": True, "count": 27},
            {"label": "Nieuw", "url": "#", "count": 4},
            {"label": "Beantwoord", "url": "#", "count": 12},
        ],
        "tags": ["jongeren", "vervoer", "Zuiderzeewijk"],
        "icons": _icons(),
        "alerts": ["info", "ok", "warning", "error"],
        "nav_items": [
            {"title": "Meedoen", "url": "#", "current": True},
            {"title": "Uitkomsten", "url": "#"},
            {"title": "Nieuws", "url": "#"},
            {"title": "Over ons", "url": "#"},
        ],
        "language_links": [
            {"code": "nl", "label": "Nederlands", "url": "#", "current": True},
            {"code": "en", "label": "English", "url": "#"},
        ],
        "footer_links": [
            {"title": "Privacy", "url": "#"},
            {"title": "Toegankelijkheid", "url": "#"},
            {"title": "Contact", "url": "#"},
        ],
        "staff_nav": _staff_nav(),
        "join_url": "#",
        "receipt_url": "#",
        "search_url": "#",
        "login_url": "#",
        "home_url": "#",
        "organisation": {"name": "Bibliotheek Lelystad", "is_demo": True},
        "picture": static("demo/table.svg"),
    }


def _staff_nav() -> list[dict[str, Any]]:
    names = [
        ("Start", "dashboard"),
        ("Sessies", "monitor"),
        ("Vragenlijsten", "list"),
        ("Ideeën", "idea"),
        ("Notities", "note"),
        ("Behoeften", "sprout"),
        ("Programma’s", "calendar"),
        ("Moderatie", "shield"),
        ("Wagtail", "settings"),
    ]
    return [
        {
            "title": name,
            "url": "#",
            "icon": icon,
            "current": name == "Start",
            "count": 4 if name == "Moderatie" else 0,
        }
        for name, icon in names
    ]


def styleguide(request: HttpRequest, part: str = "") -> HttpResponse:
    """One page of the guide."""
    if part not in PARTS:
        raise Http404
    return render(request, PARTS[part], sample())
