import pytest

from participation.core.ids import group_code
from participation.notifications import views
from participation.projects.actions import receipt_for
from tests.contributions.factories import IdeaFactory, ReplyFactory, SupportFactory, ThreadFactory
from tests.factories import ParticipantFactory, ProjectFactory
from tests.queries import queries_of

ENTER = "/en/receipt/"


@pytest.mark.parametrize("spell", [str.lower, group_code, lambda code: f" {code[:5]} {code[5:]}. "])
def test_a_code_is_known_however_it_is_typed(client, receipt, spell):
    response = client.post(ENTER, {"code": spell(receipt.code)})
    assert (response.status_code, response.url) == (302, f"/en/receipt/{group_code(receipt.code)}/")
    page = client.get(response.url).content.decode()
    assert "The way of your answer" in page
    assert group_code(receipt.code) in page


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("", "This field is required"),
        ("ABCD-EFGH", "this one has 8"),
        ("ABCD-EFGH-JKMN0", "Our codes have no 0"),
        ("ABCD-EFGH-JKMNP", "We don&#x27;t know this code here"),
    ],
)
def test_a_wrong_code_says_what_is_wrong(client, organisation, code, words):
    response = client.post(ENTER, {"code": code})
    assert (response.status_code, words in response.content.decode()) == (422, True)


def test_the_neighbours_code_is_unknown_here(client, organisation, neighbour):
    theirs = receipt_for(ParticipantFactory(organisation=neighbour), ProjectFactory(organisation=neighbour))
    assert client.post(ENTER, {"code": theirs.code}).status_code == 422
    assert client.get(f"{ENTER}{theirs.code}/").status_code == 404
    assert client.get(f"{ENTER}{theirs.code}/", headers={"host": "buur.example"}).status_code == 200


def test_the_page_is_kept_by_nobody_and_its_address_is_told_to_no_other_site(client, receipt):
    response = client.get(f"{ENTER}{receipt.code}/")
    assert "no-store" in response["Cache-Control"]
    assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == ("same-origin", "noindex, nofollow")
    assert 'name="robots" content="noindex' in response.content.decode()


def test_guessing_ends_after_a_hundred_wrong_codes_and_right_ones_are_free(client, receipt, monkeypatch):
    monkeypatch.setattr(views, "WRONG_CODES", "2/h")
    address = f"{ENTER}{receipt.code}/"
    for _ in range(3):
        assert client.get(address).status_code == 200
    for _ in range(2):
        assert client.post(ENTER, {"code": "ABCD-EFGH-JKMNP"}).status_code == 422
    assert client.post(ENTER, {"code": receipt.code}).status_code == 302
    assert client.get(f"{ENTER}ABCD-EFGH-JKMNP/").status_code == 404
    assert client.post(ENTER, {"code": receipt.code}).status_code == 429
    assert client.get(address).status_code == 404


def test_what_residents_wrote_is_shown_as_text(client, receipt, participant, project):
    thread = ThreadFactory(organisation=project.organisation, project=project, name="<i>Board</i>")
    IdeaFactory(thread=thread, participant=participant, text="<script>alert(1)</script>", title="")
    page = client.get(f"{ENTER}{receipt.code}/").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "<i>Board" not in page


def test_the_page_takes_the_same_queries_for_few_and_for_many(client, receipt, participant, project):
    def give():
        idea = IdeaFactory(thread=ThreadFactory(organisation=project.organisation, project=project))
        type(idea).objects.filter(pk=idea.pk).update(participant=participant)
        ReplyFactory(contribution=idea)
        other = IdeaFactory(thread=idea.thread)
        SupportFactory(contribution=other, participant=participant)

    give()
    few = queries_of(client, f"{ENTER}{receipt.code}/")
    for _ in range(29):
        give()
    assert queries_of(client, f"{ENTER}{receipt.code}/") == few
