"""The staff pages and the public page of a need, by HTTP."""

import pytest

from participation.needs import actions
from participation.needs.models import Backing, Evidence, LiesBehind, Need, Theme
from participation.projects.models import Admission
from tests.factories import ProjectFactory, staff
from tests.needs.factories import (
    BackingFactory,
    EvidenceFactory,
    LatentFactory,
    NeedFactory,
    NoteFactory,
    ProgrammeFactory,
    ThemeFactory,
    quoted_idea,
)
from tests.queries import queries_of

BOARD = "/en/staff/needs/"


def text_of(response):
    return response.content.decode()


def address(need, verb=""):
    return f"/en/staff/needs/{need.public_id}/{verb}"


@pytest.fixture
def need(organisation, project):
    return NeedFactory(organisation=organisation, project=project, sentence="Young people want to meet")


# --- The board ---------------------------------------------------------------------------------------


def test_everybody_on_staff_sees_the_board_by_theme(client, organisation):
    theme = ThemeFactory(organisation=organisation, name="Meeting")
    NeedFactory(organisation=organisation, theme=theme, sentence="To meet others")
    NeedFactory(organisation=organisation, sentence="To get home at night")
    client.force_login(staff(organisation, "moderator"))
    page = text_of(client.get(BOARD))
    assert page.index("Meeting") < page.index("To meet others") < page.index("Without a theme")
    assert page.index("Without a theme") < page.index("To get home at night")
    assert "Write a need" not in page


def test_an_empty_board_says_what_to_do(logged_in):
    assert "A need begins with what somebody said" in text_of(logged_in.get(BOARD))


def test_the_board_shows_shared_needs_and_not_the_neighbours_own(logged_in, organisation, neighbour):
    project = ProjectFactory(organisation=neighbour)
    Admission.objects.create(project=project, organisation=organisation)
    NeedFactory(organisation=neighbour, project=project, sentence="A shared need")
    NeedFactory(organisation=neighbour, sentence="A need of their own")
    page = text_of(logged_in.get(BOARD))
    assert ("A shared need" in page, "A need of their own" in page) == (True, False)


@pytest.mark.parametrize(
    ("answer", "shown"), [("open", "Open"), ("why_not", "Refused"), ("programme", "Done")]
)
def test_the_board_is_filtered_by_what_we_do(logged_in, organisation, answer, shown):
    for name in ("Open", "Refused", "Done"):
        need = NeedFactory(organisation=organisation, sentence=f"{name} need")
        if name == "Refused":
            Need.objects.filter(pk=need.pk).update(why_not="No")
        if name == "Done":
            ProgrammeFactory(organisation=organisation).needs.add(need)
    page = text_of(logged_in.get(f"{BOARD}?answer={answer}"))
    assert [name for name in ("Open", "Refused", "Done") if f"{name} need" in page] == [shown]


def full_need(organisation, who, idea):
    """A need with all that a card shows."""
    theme = ThemeFactory(organisation=organisation)
    need = NeedFactory(organisation=organisation, theme=theme)
    latent = LatentFactory(organisation=organisation, theme=theme)
    actions.put_behind(**who, latent=latent, manifest=need)
    for _ in range(2):
        BackingFactory(need=need)
        BackingFactory(need=latent, stance="against")
    quoted_idea(idea, need)
    ProgrammeFactory(organisation=organisation).needs.add(need)
    return need


def test_the_board_takes_the_same_queries_for_one_and_for_thirty(logged_in, organisation, who, idea):
    full_need(organisation, who, idea)
    few = queries_of(logged_in, BOARD)
    for _ in range(15):
        full_need(organisation, who, idea)
    assert queries_of(logged_in, BOARD) == few


def test_a_need_takes_the_same_queries_with_one_and_with_thirty_quotes(logged_in, organisation, who, idea):
    need = full_need(organisation, who, idea)
    few = queries_of(logged_in, address(need))
    for _ in range(15):
        BackingFactory(need=need)
        actions.put_behind(**who, latent=LatentFactory(organisation=organisation), manifest=need)
    assert queries_of(logged_in, address(need)) == few


def test_a_public_need_takes_the_same_queries_with_one_and_with_thirty_quotes(client, organisation, who):
    need = NeedFactory(organisation=organisation, is_public=True)

    def grow():
        BackingFactory(need=need, is_public=True)
        latent = LatentFactory(organisation=organisation, is_public=True)
        actions.put_behind(**who, latent=latent, manifest=need)
        ProgrammeFactory(organisation=organisation).needs.add(need)

    grow()
    few = queries_of(client, f"/en/needs/{need.public_id}/")
    for _ in range(29):
        grow()
    assert queries_of(client, f"/en/needs/{need.public_id}/") == few


@pytest.mark.parametrize("path", ["edit/", "behind/", "show/"])
def test_a_form_takes_the_same_queries_for_one_need_and_for_thirty(logged_in, organisation, who, idea, path):
    need = full_need(organisation, who, idea)
    few = queries_of(logged_in, address(need, path))
    for _ in range(29):
        full_need(organisation, who, idea)
        BackingFactory(need=need)
    assert queries_of(logged_in, address(need, path)) == few


def test_a_text_takes_the_same_queries_with_one_quote_and_with_thirty(logged_in, organisation, who, idea):
    page = f"/en/staff/evidence/quote/contribution/{idea.public_id}/"
    quoted_idea(idea, full_need(organisation, who, idea))
    few = queries_of(logged_in, page)
    for _ in range(29):
        quoted_idea(idea, full_need(organisation, who, idea))
    assert queries_of(logged_in, page) == few


# --- A need ------------------------------------------------------------------------------------------


def test_a_need_shows_its_quotes_for_and_against_with_the_way_to_the_source(logged_in, need, note):
    BackingFactory(need=need, evidence=EvidenceFactory(organisation=need.organisation, field_note=note))
    BackingFactory(
        need=need,
        stance="against",
        evidence=EvidenceFactory(organisation=need.organisation, quote="I like it quiet"),
    )
    page = text_of(logged_in.get(address(need)))
    assert "1 quote for it" in page
    assert "1 quote against it" in page
    assert f"/en/staff/evidence/quote/note/{note.public_id}/" in page


def test_quotes_are_shown_as_text(logged_in, need):
    evidence = EvidenceFactory(organisation=need.organisation, quote="<img src=x onerror=alert(1)>")
    BackingFactory(need=need, evidence=evidence, why="<b>because</b>")
    page = text_of(logged_in.get(address(need)))
    assert "<img src=x" not in page
    assert "<b>because" not in page
    assert "&lt;img src=x" in page


def test_another_organisations_need_is_not_found(logged_in, neighbour):
    theirs = NeedFactory(organisation=neighbour)
    for verb in ("", "edit/", "behind/", "show/"):
        assert logged_in.get(address(theirs, verb)).status_code == 404
    for verb in ("back/", "apart/", "agree/", "hide/", "why-not/"):
        assert logged_in.post(address(theirs, verb), {"why_not": "x"}).status_code == 404


def test_a_moderator_sees_a_need_and_changes_nothing(client, need):
    client.force_login(staff(need.organisation, "moderator"))
    page = text_of(client.get(address(need)))
    assert "Change the words" not in page
    for verb in ("edit/", "behind/", "show/", "back/", "apart/", "agree/", "hide/", "why-not/"):
        assert client.post(address(need, verb), {"sentence": "x"}).status_code == 403


def test_a_need_is_written_with_a_new_theme_and_a_hint_at_the_solution_in_it(logged_in, organisation):
    data = {"kind": "manifest", "sentence": "People want a course", "new_theme": "Learning"}
    page = text_of(logged_in.post(f"{BOARD}new/", data, follow=True))
    assert "“course” is a solution" in page
    assert list(Need.objects.values_list("sentence", "theme__name")) == [("People want a course", "Learning")]


def test_a_theme_is_made_once(logged_in, organisation):
    for name in ("Learning", "learning"):
        logged_in.post(f"{BOARD}new/", {"kind": "manifest", "sentence": "To learn", "new_theme": name})
    assert list(Theme.objects.values_list("name", flat=True)) == ["Learning"]


def test_the_neighbours_theme_and_project_are_no_choice(logged_in, neighbour):
    theme, project = ThemeFactory(organisation=neighbour), ProjectFactory(organisation=neighbour)
    for extra in ({"theme": theme.pk}, {"project": project.pk}):
        response = logged_in.post(f"{BOARD}new/", {"kind": "manifest", "sentence": "x", **extra})
        assert response.status_code == 422
    assert Need.objects.count() == 0


def test_changing_a_need_keeps_what_the_form_does_not_touch(logged_in, need):
    data = {"kind": "manifest", "sentence": "Other words", "project": need.project.pk}
    assert logged_in.post(address(need, "edit/"), data).status_code == 302
    need.refresh_from_db()
    assert (need.sentence, need.project) == ("Other words", need.project)


def test_a_new_latent_need_is_put_behind_in_one_go(logged_in, need):
    data = {"new_need": "To belong", "step_1": "To see each other", "why": "It is about others"}
    assert logged_in.post(address(need, "behind/"), data).status_code == 302
    link = LiesBehind.objects.get()
    assert (link.manifest, link.latent.sentence, link.latent.kind, link.ladder) == (
        need,
        "To belong",
        "latent",
        ["To see each other"],
    )
    logged_in.post(address(need, "apart/"), {"other": link.latent.public_id})
    assert LiesBehind.objects.count() == 0


def test_behind_wants_one_of_both(logged_in, need):
    assert logged_in.post(address(need, "behind/"), {}).status_code == 422


def test_the_second_reader_agrees_on_the_page_and_the_maker_is_refused(client, organisation, researcher):
    need = LatentFactory(organisation=organisation, created_by=researcher)
    client.force_login(researcher)
    assert "A second reader is somebody else" in text_of(client.post(address(need, "agree/"), follow=True))
    client.force_login(staff(organisation, "researcher"))
    client.post(address(need, "agree/"))
    assert Need.objects.get().second_reader is not None


def test_a_quote_changes_sides_and_goes(logged_in, need):
    backing = BackingFactory(need=need)
    send = {"evidence": backing.evidence.public_id}
    logged_in.post(address(need, "back/"), {**send, "stance": "against"})
    assert Backing.objects.get().stance == "against"
    logged_in.post(address(need, "back/"), {**send, "stance": "none"})
    assert (Backing.objects.count(), Evidence.objects.count()) == (0, 1)


# --- Quoting without JavaScript ----------------------------------------------------------------------


def test_words_are_quoted_for_a_new_need_and_marked_in_the_text(logged_in, note):
    page = f"/en/staff/evidence/quote/note/{note.public_id}/"
    data = {
        "fragment": "I sit at home.",
        "new_need": "People want company",
        "new_kind": "latent",
        "stance": "for",
    }
    response = logged_in.post(page, data, follow=True)
    assert "<mark>I sit at home.</mark>" in text_of(response)
    backing = Backing.objects.get()
    assert (backing.need.sentence, backing.need.kind, backing.is_public) == (
        "People want company",
        "latent",
        False,
    )


def test_words_that_are_not_there_are_refused_and_make_no_need(logged_in, note):
    page = f"/en/staff/evidence/quote/note/{note.public_id}/"
    response = logged_in.post(page, {"fragment": "I dance", "new_need": "To dance", "stance": "for"})
    assert (response.status_code, Need.objects.count()) == (422, 0)
    assert "These words are not in the text" in text_of(response)


def test_the_neighbours_need_is_no_choice_to_quote_for(logged_in, neighbour, note):
    theirs = NeedFactory(organisation=neighbour)
    page = f"/en/staff/evidence/quote/note/{note.public_id}/"
    data = {"fragment": "I sit at home.", "need": theirs.public_id, "stance": "for"}
    assert logged_in.post(page, data).status_code == 422


def test_unknown_texts_are_not_found(logged_in, neighbour):
    theirs = NoteFactory(organisation=neighbour)
    for path in (f"note/{theirs.public_id}", "answer/12345", "answer/x", "poem/1"):
        assert logged_in.get(f"/en/staff/evidence/quote/{path}/").status_code == 404


# --- The public page ---------------------------------------------------------------------------------


def test_residents_read_a_public_need_with_its_quotes_and_programmes(client, organisation, idea):
    need = NeedFactory(organisation=organisation, is_public=True, sentence="People want to meet")
    quoted_idea(idea, need)
    ProgrammeFactory(organisation=organisation, name="Long tables").needs.add(need)
    ProgrammeFactory(organisation=organisation, name="A draft", is_published=False).needs.add(need)
    page = text_of(client.get(f"/en/needs/{need.public_id}/"))
    assert all(words in page for words in ("People want to meet", idea.text, "Idea board", "Long tables"))
    assert "A draft" not in page
    assert str(idea.participant_id) not in page


def test_a_need_that_is_not_public_is_not_found(client, organisation, neighbour):
    inside = NeedFactory(organisation=organisation)
    theirs = NeedFactory(organisation=neighbour, is_public=True)
    for need in (inside, theirs):
        assert client.get(f"/en/needs/{need.public_id}/").status_code == 404


@pytest.mark.parametrize("change", [{"state": "hidden"}, {"state": "removed"}, {"text": "I changed my mind"}])
def test_a_quote_disappears_with_its_source(client, organisation, idea, change):
    need = NeedFactory(organisation=organisation, is_public=True)
    words = quoted_idea(idea, need).evidence.quote
    assert words in text_of(client.get(f"/en/needs/{need.public_id}/"))
    type(idea).objects.filter(pk=idea.pk).update(**change)
    assert words not in text_of(client.get(f"/en/needs/{need.public_id}/"))


def test_the_check_is_part_of_showing(logged_in, organisation):
    need = NeedFactory(organisation=organisation)
    backing = BackingFactory(need=need)
    silent = EvidenceFactory(
        organisation=organisation, field_note=NoteFactory(organisation=organisation, consent=False)
    )
    BackingFactory(need=need, evidence=silent)
    assert "1 quote stays inside" in text_of(logged_in.get(address(need, "show/")))
    choice = {"quotes": [backing.evidence.public_id]}
    assert logged_in.post(address(need, "show/"), choice).status_code == 422
    assert logged_in.post(address(need, "show/"), {**choice, "checked": "on"}).status_code == 302
    assert list(Backing.objects.order_by("pk").values_list("is_public", flat=True)) == [True, False]
