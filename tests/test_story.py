"""One resident's sentence, from the phone on which it was typed to the programme it changed, and back.

Everything a person does here is done over HTTP and websockets, on the application that is served.
"""

import re

import pytest
from asgiref.sync import sync_to_async
from django.core import mail
from django.core.cache import cache
from django.utils import timezone
from django.utils.text import slugify
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.actions import add_member, create_organisation
from config.asgi import application
from participation.live import routing
from participation.live.protocol import ENDED
from participation.people.actions import account_for
from surveys.models import Answer
from tests.live.phones import Phone
from tests.visitors import Page, Visitor, words

ROLES = ("editor", "facilitator", "researcher")
QUESTION = "What do you miss in the evening?"
SENTENCE = "There is nowhere to sit together in the evening, so I stay at home."
QUOTE = "nowhere to sit together in the evening"
OTHER_SENTENCE = "I miss a warm place with soup."
ASKED = "Residents want a place to sit together in the evening"
BEHIND = "Residents want to belong to the town they live in"
PROJECT = "More to do in town"
PROGRAMME = "Open evenings"
ACTIVITY = "Soup at the long table"


@pytest.fixture
def town(transactional_db, own_thread):
    """An organisation with its pages and its staff; what the server keeps in memory goes with it."""
    cache.clear()
    town = create_organisation(name="Library", slug="library", hostname="testserver", is_default=True)
    for role in ROLES:
        add_member(town, account_for(f"{role}@example.org", name=role.title()), role)
    yield town
    if routing.consumer.hall is not None:
        routing.consumer.hall.close()
        routing.consumer.hall = None


async def staff(role: str) -> Visitor:
    """A colleague who logs in with the code that is mailed."""
    visitor = Visitor(application)
    page = await visitor.open("/en/account/login/")
    page = await visitor.send(page, {"email": f"{role}@example.org"})
    code = re.search(r"^    (\S+)$", mail.outbox[-1].body, re.MULTILINE)
    await visitor.send(page, {"code": code[1]})
    return visitor


async def publish(editor: Visitor, form: Page, fields: dict, **blocks) -> Page:
    """Fill in the editor's form, and give the page as the public reads it. `blocks` are its streams."""
    slug = slugify(fields["title"])
    streams = nested_form_data({name: streamfield(items) for name, items in blocks.items()})
    edited = await editor.send(
        form, {**fields, "slug": slug}, press="action-publish=action-publish", **streams
    )
    return await editor.follow(edited, rf"/{slug}/$")


async def test_a_sentence_goes_all_the_way_to_a_programme_and_back(town):
    # An editor prepares a project, and in it a session that asks one open question.
    editor = await staff("editor")
    form = await editor.follow(await editor.open("/admin/"), r"/add/cms/projectpage/")
    await publish(
        editor,
        form,
        {"title": PROJECT, "question": QUESTION},
        phases=[
            (
                "phase",
                {"title": "Listening", "text": "", "allows": "session", "opens_at": "", "closes_at": ""},
            )
        ],
        body=[],
        documents=[],
        answer=[],
    )
    scripts = await editor.follow(await editor.open("/admin/"), r"/staff/new/session/")
    form = await editor.send(scripts, {}, press="script=")
    question = {"label": QUESTION, "help": "", "max_length": "200", "rows": "3"}
    today = f"{timezone.localtime():%Y-%m-%d %H:%M}"
    await publish(editor, form, {"title": "Town talk", "starts_at": today}, script=[("open_text", question)])

    # A facilitator finds the session of today, and begins.
    facilitator = await staff("facilitator")
    page = await facilitator.follow(await facilitator.open("/en/staff/"), r"/console/$")
    [code] = re.findall(r"\d{6}", page.address)
    console = await Phone.join(application, None, code=code, cookie=facilitator.cookie, view="console")
    assert console.snapshot["view"] == "console"
    for command in ("start", "open"):
        assert (await console.command(command))["type"] == "ack"

    # A resident types the code, and on the next page the sentence. When it is acknowledged it is stored.
    resident = Visitor(application)
    page = await resident.send(await resident.open("/join/"), {"code": code})
    assert page.part("h1") == QUESTION
    phone = await Phone.join(application, None, code=code, cookie=resident.cookie)
    key = phone.snapshot["step"]["question"]["key"]
    assert (await phone.answer(key, SENTENCE))["type"] == "ack"
    stored = Answer.objects.filter(question__key=key).values_list("value", flat=True)
    assert await sync_to_async(list)(stored) == [SENTENCE]

    # Somebody else has a phone without a script: there the same page is a form.
    neighbour = Visitor(application)
    page = await neighbour.send(await neighbour.open("/join/"), {"code": code})
    page = await neighbour.send(page, {page.field("Your answer"): OTHER_SENTENCE})
    assert page.part("[data-part=saved]").startswith("Saved")
    results = await console.get("results", where=lambda news: news["n"] == 2)
    assert [text["text"] for text in results["tally"]["texts"]] == [OTHER_SENTENCE, SENTENCE]

    # It ends, and each phone shows a code of its own.
    assert (await console.command("end"))["type"] == "ack"
    assert await phone.closed() == ENDED
    codes = [
        (await each.open(f"/join/{code}/")).part(".oogst-receipt-box__code") for each in (resident, neighbour)
    ]
    assert codes[0] != codes[1]

    # A researcher quotes a fragment of the sentence for what people ask, names what lies behind that, and shows both.
    researcher = await staff("researcher")
    texts = await researcher.open("/en/staff/evidence/")
    text = await researcher.follow(texts, r"/quote/", SENTENCE)
    text = await researcher.send(text, {"fragment": QUOTE, "new_need": ASKED})
    assert text.part("mark") == QUOTE
    need = await researcher.follow(text, r"/staff/needs/", ASKED)
    ladder = await researcher.follow(need, r"/behind/$")
    need = await researcher.send(ladder, {"new_need": BEHIND, "step_1": "To meet others"})
    latent = await researcher.follow(need, r"/staff/needs/", BEHIND)
    for each in (need, latent):
        choice = await researcher.follow(each, r"/show/$")
        await researcher.send(choice, {"checked": "on"})

    # The resident reads that the words were heard, and what they say. Nothing was decided yet.
    page = await resident.send(await resident.open("/en/receipt/"), {"code": codes[0]})
    assert [QUOTE in page.text, ASKED in page.text, PROGRAMME in page.text] == [True, True, False]

    # An editor makes a programme that answers the need, with something on a day.
    explorer = await editor.follow(await editor.open("/admin/"), r"/admin/pages/\d+/$", PROJECT)
    form = await editor.follow(await editor.follow(explorer, r"/add_subpage/$"), r"/programmepage/")
    [chosen] = [each["value"] for each in form.soup.select("input[name=needs]") if ASKED in each.parent.text]
    soup = {"name": ACTIVITY, "starts_at": "2099-12-03 19:30", "ends_at": "", "place": "Library", "text": ""}
    await publish(editor, form, {"title": PROGRAMME, "needs": [chosen]}, activities=[("activity", soup)])

    # The resident sees where the words led to. There everybody reads why it is done.
    page = await resident.open(page.address)
    programme = await resident.follow(page, rf"/{slugify(PROGRAMME)}/$")
    assert QUOTE in programme.part("#heard")
    assert [ASKED in programme.part("#needed"), BEHIND in programme.part("#needed")] == [True, True]
    assert ACTIVITY in programme.part("#do")
    assert [SENTENCE in programme.text, OTHER_SENTENCE in programme.text] == [False, False]

    # And back: from the programme to the need, to who said it, to the resident's own words.
    reason = await resident.follow(programme, r"/needs/", ASKED)
    assert [QUOTE in reason.text, PROGRAMME in reason.text] == [True, True]
    page = await resident.follow(reason, r"/receipt/$")
    own = await resident.send(page, {"code": codes[0]})
    steps = [words(each) for each in own.soup.select(".oogst-trace__item h3")]
    assert (len(steps), [text in own.text for text in (SENTENCE, QUOTE, ASKED, PROGRAMME, ACTIVITY)]) == (
        5,
        [True] * 5,
    )

    # The neighbour's own words are waiting to be heard, and nobody else's are shown with them.
    theirs = await neighbour.send(await neighbour.open("/en/receipt/"), {"code": codes[1]})
    assert [OTHER_SENTENCE in theirs.text, SENTENCE in theirs.text, QUOTE in theirs.text] == [
        True,
        False,
        False,
    ]
