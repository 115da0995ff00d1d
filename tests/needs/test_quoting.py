import pytest

from participation.core.errors import Forbidden, Invalid, Unknown
from participation.core.models import AuditEntry
from participation.needs import actions
from participation.needs.models import Backing, Evidence
from participation.projects.models import Admission
from tests.contributions.factories import IdeaFactory, ThreadFactory
from tests.factories import ProjectFactory, staff
from tests.needs.factories import NeedFactory, NoteFactory


def test_a_fragment_of_a_note_becomes_evidence_with_its_place_channel_and_date(
    organisation, researcher, note
):
    evidence = actions.quote(
        organisation=organisation, actor=researcher, source=note, fragment="I sit at home."
    )
    assert (evidence.quote, evidence.start, evidence.channel, evidence.heard_on) == (
        "I sit at home.",
        note.verbatim.index("I sit"),
        "note",
        note.heard_on,
    )


def test_words_that_are_not_in_the_source_are_refused(organisation, researcher, note):
    with pytest.raises(Invalid):
        actions.quote(organisation=organisation, actor=researcher, source=note, fragment="I love it here")
    assert Evidence.objects.count() == 0


def test_an_ideas_title_can_be_quoted_with_its_text_and_the_line_end_may_be_lost(organisation, researcher):
    idea = IdeaFactory(
        thread=ThreadFactory(organisation=organisation), title="Benches", text="To sit down together."
    )
    evidence = actions.quote(
        organisation=organisation, actor=researcher, source=idea, fragment="“Benches To sit down”"
    )
    assert (evidence.quote, evidence.channel) == ("Benches\nTo sit down", "board")


def test_the_same_fragment_again_is_the_same_evidence_and_the_last_word_on_the_need_counts(
    organisation, researcher, note
):
    need = NeedFactory(organisation=organisation)
    for stance in ("for", "against"):
        actions.quote(
            organisation=organisation,
            actor=researcher,
            source=note,
            fragment="I sit at home.",
            need=need,
            stance=stance,
            why="She said so",
        )
    assert Evidence.objects.count() == 1
    assert list(Backing.objects.values_list("stance", "why", "created_by")) == [
        ("against", "She said so", researcher.pk)
    ]


def test_quoting_is_research_and_nobody_elses(organisation, note):
    with pytest.raises(Forbidden):
        actions.quote(
            organisation=organisation,
            actor=staff(organisation, "moderator"),
            source=note,
            fragment="I sit at home.",
        )


def test_another_organisations_note_is_unknown(organisation, neighbour, researcher):
    theirs = NoteFactory(organisation=neighbour)
    with pytest.raises(Unknown):
        actions.quote(organisation=organisation, actor=researcher, source=theirs, fragment="I sit at home.")


@pytest.mark.parametrize(("level", "outcome"), [("read", Forbidden), ("contribute", None)])
def test_in_a_project_of_others_only_who_may_contribute_quotes(
    organisation, neighbour, researcher, level, outcome
):
    project = ProjectFactory(organisation=neighbour)
    Admission.objects.create(project=project, organisation=organisation, level=level)
    theirs = NoteFactory(organisation=neighbour, project=project)
    words = {
        "organisation": organisation,
        "actor": researcher,
        "source": theirs,
        "fragment": "I sit at home.",
    }
    if outcome:
        with pytest.raises(outcome):
            actions.quote(**words)
    else:
        evidence = actions.quote(**words)
        assert list(Evidence.objects.visible_to(neighbour)) == [evidence]


def test_erasing_a_source_removes_the_quote_and_tells_the_need(organisation, researcher, note):
    need = NeedFactory(organisation=organisation)
    actions.quote(
        organisation=organisation, actor=researcher, source=note, fragment="I sit at home.", need=need
    )
    actions.erase_note(note, organisation=organisation, actor=researcher)
    assert Evidence.objects.count() == 0
    entry = AuditEntry.objects.get(verb="need.quote_lost")
    assert (entry.target_id, entry.data) == (need.public_id, {"channel": "note", "stance": "for"})


def test_a_note_without_consent_is_never_shown_to_residents(organisation, researcher):
    silent = NoteFactory(organisation=organisation, consent=False)
    need = NeedFactory(organisation=organisation)
    actions.quote(
        organisation=organisation,
        actor=researcher,
        source=silent,
        fragment="I sit at home.",
        need=need,
        is_public=True,
    )
    actions.show_need(need, organisation=organisation, actor=researcher)
    assert list(Backing.objects.values_list("is_public", flat=True)) == [False]
