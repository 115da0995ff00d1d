"""The demo's pages, made as an editor makes them: a draft below its project, then published; then its English."""

import json
import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils.text import slugify
from wagtail.log_actions import LogContext
from wagtail.models import Locale, Page
from wagtail.rich_text import RichText
from wagtail_localize.models import SegmentOverride, TranslationContext

from cms.models import (
    File,
    HomePage,
    IdeaBoardPage,
    NewsIndexPage,
    NewsPage,
    Picture,
    ProgrammePage,
    ProjectPage,
    ResultsPage,
    SessionPage,
    SurveyPage,
)
from cms.translating import draft, fill_in
from participation.needs.models import Need
from participation.organisations.models import Organisation
from participation.people.models import User

from .clock import Day, on
from .questions import key
from .words import PICTURES

Words = dict[str, Any]
FOLDER = Path(__file__).parent / "pictures"  # made of static/demo/*.svg


class Editor:
    """Makes, publishes and translates pages of one organisation in one person's name."""

    def __init__(self, organisation: Organisation, user: User) -> None:
        self.organisation, self.user = organisation, user
        assert organisation.site is not None
        self.home = HomePage.objects.get(pk=organisation.site.root_page_id)
        self.pictures: dict[str, Picture] = {}

    def add(self, parent: Page, page: Page) -> Any:
        """A draft; `publish` shows it."""
        page.live = False
        page.locale = parent.locale
        with LogContext(user=self.user):
            return parent.add_child(instance=page)

    def publish(self, page: Page) -> Any:
        with LogContext(user=self.user):
            page.save_revision(user=self.user).publish(user=self.user)
        page.refresh_from_db()
        return page

    def picture(self, name: str) -> Picture:
        """One of the demo's own pictures, in the organisation's collection."""
        if name not in self.pictures:
            title, description, in_english = PICTURES[name]
            with (FOLDER / f"{name}.png").open("rb") as file:
                self.pictures[name] = Picture.objects.create(
                    title=title,
                    description=description,
                    description_en=in_english,
                    file=ImageFile(file, name=f"{name}.png"),
                    collection=self.organisation.collection,
                    uploaded_by_user=self.user,
                )
        return self.pictures[name]

    def file(self, path: Path, title: str) -> File:
        """One of the demo's own files, in the organisation's collection."""
        return File.objects.create(
            title=title,
            file=ContentFile(path.read_bytes(), name=path.name),
            collection=self.organisation.collection,
            uploaded_by_user=self.user,
        )

    def shown(self, words: Words) -> dict[str, Any]:
        """What all pages have."""
        picture = self.picture(words["picture"]) if "picture" in words else None
        return {"title": words["title"], "slug": words["slug"], "picture": picture}

    def word_home(self, promise: str, lead: str, **more: Any) -> None:
        """The home pages were made with the organisation; the demo only changes their words."""
        for home in HomePage.objects.filter(translation_key=self.home.translation_key):
            english = home.locale.language_code == "en"
            home.promise, home.lead = (in_english(promise), in_english(lead)) if english else (promise, lead)
            if english:
                home.title = in_english(home.title)
            for name, value in more.items():
                setattr(home, name, value)
            self.publish(home)

    def translate(self, page: Page, instead: dict[str, Any] | None = None) -> None:
        """The English page, through wagtail-localize as a translator would make it. `instead`: what is chosen anew for
        it, by its path in the page, such as a film's captions."""
        english = Locale.objects.get(language_code="en")
        with LogContext(user=self.user):
            wording = lambda path, dutch: _english_of(path, dutch, page)  # noqa: E731
            source = fill_in(page, english, wording)
            for path, value in (instead or {}).items():
                context = TranslationContext.objects.get(object_id=page.translation_key, path=path)
                SegmentOverride.objects.update_or_create(
                    locale=english, context=context, defaults={"data_json": json.dumps(value)}
                )
            draft(source, english, self.user)
        self.publish(page.get_translation(english).get_latest_revision_as_object())

    # --- Pages ---

    def project(self, words: Words, area_code: str = "") -> ProjectPage:
        return self.add(
            self.home,
            ProjectPage(
                **self.shown(words),
                show_in_menus=True,
                lead=words["lead"],
                question=words["question"],
                who_decides=_paragraph(words["who_decides"]),
                influence=_paragraph(words["influence"]),
                area_code=area_code,
                phases=json.dumps([_phase(*phase) for phase in words["phases"]]),
                body=[("text", RichText(words["body"]))],
            ),
        )

    def survey(self, project: Page, words: Words, sections: list[dict[str, Any]], **more: Any) -> SurveyPage:
        return self.add(
            project,
            SurveyPage(
                **self.shown(words),
                intro=_paragraph(words["intro"]),
                sections=json.dumps(sections),
                **more,
            ),
        )

    def session(self, project: Page, words: Words, script: list[dict[str, Any]], **more: Any) -> SessionPage:
        return self.add(
            project,
            SessionPage(
                **self.shown(words),
                intro=_paragraph(words["intro"]),
                script=json.dumps(script),
                **more,
            ),
        )

    def board(self, project: Page, words: Words) -> IdeaBoardPage:
        return self.add(
            project,
            IdeaBoardPage(**self.shown(words), intro=_paragraph(words["intro"])),
        )

    def programme(self, project: Page, words: Words, needs: list[Need]) -> ProgrammePage:
        page = ProgrammePage(
            **self.shown(words),
            lead=words["lead"],
            intro=words["body"],
            activities=json.dumps([_activity(*activity) for activity in words["activities"]]),
        )
        made = self.add(project, page)
        made.needs.set(needs)
        return made

    def results(self, project: Page, words: Words, survey: SurveyPage, needs: list[Need]) -> ResultsPage:
        page = ResultsPage(
            **self.shown(words),
            lead=words["lead"],
            figure=words["figure"],
            figure_label=words["figure_label"],
            heard=[("text", RichText(words["heard"])), ("survey", {"survey": survey, "note": ""})],
            decided=words["decided"],
            why=words["why"],
            happened=words["happened"],
        )
        made = self.add(project, page)
        made.needs.set(needs)
        return made

    def news(self, words: Words, day: date) -> NewsPage:
        index = NewsIndexPage.objects.child_of(self.home).get()
        body = [("text", RichText(words["text"]))]
        return self.add(index, NewsPage(**self.shown(words), lead=words["lead"], body=body, published_on=day))


def _paragraph(text: str) -> str:
    return f"<p>{text}</p>"


def _phase(name: str, title: str, text: str, first: Day, after: Day, allows: list[str]) -> dict[str, Any]:
    return {
        "type": "phase",
        "id": key(name),
        "value": {
            "title": title,
            "text": text,
            "opens_at": on(first, hour=0).isoformat(),
            "closes_at": on(after, hour=0).isoformat(),
            "allows": allows,
        },
    }


def _activity(
    name: str, title: str, text: str, day: Day, hour: int, hours: int, place: str
) -> dict[str, Any]:
    begin = on(day, hour)
    return {
        "type": "activity",
        "id": key(name),
        "value": {
            "name": title,
            "text": text,
            "starts_at": begin.isoformat(),
            "ends_at": (begin + timedelta(hours=hours)).isoformat(),
            "place": place,
        },
    }


# --- English ----------------------------------------------------------------------------------------


@cache
def _english() -> dict[str, str]:
    return json.loads((Path(__file__).parent / "english.json").read_text())


def in_english(dutch: str) -> str:
    """Raises KeyError for a sentence that `english.json` does not have."""
    return _english()[dutch]


def _english_of(path: str, dutch: str, page: Page) -> str:
    if path == "slug":
        return slugify(in_english(page.title))[:50].rstrip("-")
    if not re.search(r"[a-zA-Z]{2}", dutch):
        return dutch  # a figure
    return in_english(dutch)
