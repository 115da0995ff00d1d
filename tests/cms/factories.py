"""Pages, published as an editor would."""

import uuid
from typing import Any

from django.utils.text import slugify
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.models import (
    IdeaBoardPage,
    NewsPage,
    Picture,
    ProgrammePage,
    ProjectPage,
    ResultsPage,
    SessionPage,
    StandardPage,
    SurveyPage,
)
from participation.needs.models import Need
from participation.organisations.models import Organisation
from participation.people.models import Participant
from surveys import structure
from surveys.actions import open_response, record_answer
from surveys.kinds import get
from surveys.models import Questionnaire


def picture(organisation: Organisation, title: str = "A square") -> Picture:
    return Picture.objects.create(
        title=title,
        description="A square with trees",
        file=get_test_image_file(filename=f"{slugify(title)}.png"),
        collection=organisation.collection,
    )


def publish(page: Page) -> Page:
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def put(parent: Page, page: Page, live: bool = True) -> Any:
    """Below `parent`, in its language; published unless `live` is False."""
    page.locale = parent.locale
    page.live = False
    parent.add_child(instance=page)
    return publish(page) if live else page


def home_of(organisation: Organisation, language: str = "nl") -> Any:
    return organisation.site.root_page.get_translation(Locale.objects.get(language_code=language)).specific


def project_page(organisation: Organisation, title: str = "More to do in town", **more: Any) -> ProjectPage:
    live = more.pop("live", True)
    page = ProjectPage(title=title, **{"question": "What do you miss in the evening?", **more})
    return put(home_of(organisation), page, live)


def phase(title: str = "Listening", **more: Any) -> dict[str, Any]:
    value = {"title": title, "text": "", "opens_at": None, "closes_at": None, "allows": ["survey"], **more}
    return {"type": "phase", "id": str(uuid.uuid4()), "value": value}


def question(kind: str = "single_choice") -> dict[str, Any]:
    return {"type": kind, "id": str(uuid.uuid4()), "value": get(kind).example()["block"]}


def section(*questions: dict[str, Any], title: str = "About the evening") -> dict[str, Any]:
    value = {"title": title, "intro": "", "questions": list(questions) or [question()]}
    return {"type": "section", "id": str(uuid.uuid4()), "value": value}


def survey_page(project: ProjectPage, title: str = "Survey about the evening", **more: Any) -> SurveyPage:
    live = more.pop("live", True)
    return put(project, SurveyPage(title=title, **{"sections": [section()], **more}), live)


def session_page(project: ProjectPage, title: str = "Town talk", **more: Any) -> SessionPage:
    live = more.pop("live", True)
    return put(project, SessionPage(title=title, **{"script": [question()], **more}), live)


def board_page(project: ProjectPage, title: str = "Ideas for the evening", **more: Any) -> IdeaBoardPage:
    live = more.pop("live", True)
    return put(project, IdeaBoardPage(title=title, **more), live)


def need(organisation: Organisation, sentence: str = "A place to be together", **more: Any) -> Need:
    return Need.objects.create(organisation=organisation, sentence=sentence, **more)


def programme_page(project: ProjectPage, needs: list[Need], title: str = "Open evenings", **more: Any) -> Any:
    live = more.pop("live", True)
    page = ProgrammePage(title=title, **more)
    page.needs = needs
    return put(project, page, live)


def results_page(project: ProjectPage, title: str = "What we did with it", **more: Any) -> ResultsPage:
    return put(project, ResultsPage(title=title, **more))


def news_page(parent: Page, title: str = "We begin", **more: Any) -> NewsPage:
    return put(parent, NewsPage(title=title, **more))


def standard_page(organisation: Organisation, title: str = "About us", **more: Any) -> StandardPage:
    return put(home_of(organisation), StandardPage(title=title, **more))


def translate(page: Page, words: dict[str, str] | None = None, language: str = "en") -> Any:
    """What an editor does in wagtail-localize: submit, translate these words, publish. The rest stays as it is."""
    source, _made = TranslationSource.update_or_create_from_instance(page)
    locale = Locale.objects.get(language_code=language)
    Translation.objects.get_or_create(source=source, target_locale=locale, defaults={"enabled": True})
    for segment in source.stringsegment_set.select_related("string", "context"):
        if segment.string.data in (words or {}):
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                defaults={"data": words[segment.string.data]},
            )
    translation, _made = source.create_or_update_translation(locale, copy_parent_pages=True, fallback=True)
    return translation


def answer_survey(page: SurveyPage, organisation: Organisation, value: Any, language: str = "nl") -> None:
    """Somebody fills in the first question and sends it in."""
    questionnaire = Questionnaire.objects.get(page_key=page.translation_key)
    version = questionnaire.versions.first()
    person = Participant.objects.create(organisation=organisation)
    response = open_response(
        questionnaire.collectors.get(), person, version, language=language, submitted=True
    )
    frozen = next(structure.questions(version.structure, language))
    record_answer(response, questionnaire.questions.get(key=frozen.key), frozen, value)
