import pytest

from participation.core.errors import Forbidden, Invalid, Unknown
from participation.core.models import AuditEntry
from participation.needs import actions, queries
from participation.needs.models import Backing, LiesBehind, Need
from participation.needs.standing import standings
from participation.projects.models import Admission
from tests.contributions.factories import IdeaFactory, ThreadFactory
from tests.factories import ParticipantFactory, ProjectFactory, staff
from tests.needs.factories import (
    BackingFactory,
    EvidenceFactory,
    LatentFactory,
    NeedFactory,
    NoteFactory,
    ThemeFactory,
    quoted_idea,
)


@pytest.fixture
def latent(organisation, researcher):
    return LatentFactory(organisation=organisation, created_by=researcher)


def standing(need):
    return standings([need], need.organisation)[need.pk]


def idea_of(participant):
    return IdeaFactory(thread=ThreadFactory(organisation=participant.organisation), participant=participant)


# --- How well it is supported ------------------------------------------------------------------------


def test_three_people_through_two_channels_and_a_second_reader_support_a_hypothesis(
    organisation, latent, django_assert_num_queries
):
    for _ in range(2):
        quoted_idea(idea_of(ParticipantFactory(organisation=organisation)), latent)
    card = queries.detail(organisation, latent.public_id).card
    assert card.missing == ["2 of 3 people", "1 of 2 channels", "a second reader who agrees"]
    BackingFactory(need=latent)
    actions.agree(latent, organisation=organisation, actor=staff(organisation, "researcher"))
    card = queries.detail(organisation, latent.public_id).card
    assert (card.missing, card.is_supported) == ([], True)


def test_one_person_in_three_places_is_one_person(organisation, latent):
    participant = ParticipantFactory(organisation=organisation)
    for _ in range(3):
        quoted_idea(idea_of(participant), latent)
    found = standing(latent)
    assert (len(found.people), len(found.sources)) == (1, 3)


def test_two_quotes_from_one_note_are_one_person_and_one_source(organisation, latent):
    note = NoteFactory(organisation=organisation)
    for start in (0, 43):
        evidence = EvidenceFactory(organisation=organisation, field_note=note, start=start)
        BackingFactory(need=latent, evidence=evidence)
    found = standing(latent)
    assert (len(found.people), len(found.sources), found.quotes) == (1, 1, 2)


def test_wall_stage_and_answers_of_a_session_are_one_channel(organisation, latent):
    for channel in ("wall", "stage", "live"):
        BackingFactory(need=latent, evidence=EvidenceFactory(organisation=organisation, channel=channel))
    assert standing(latent).rooms == {"session"}


def test_words_against_it_support_nothing(organisation, latent):
    BackingFactory(need=latent, stance="against")
    found = standing(latent)
    assert (len(found.people), len(found.against), found.rooms) == (0, 1, set())


def test_a_hidden_source_no_longer_counts(organisation, latent):
    idea = idea_of(ParticipantFactory(organisation=organisation))
    quoted_idea(idea, latent)
    idea.state = "hidden"
    idea.save()
    assert standing(latent).quotes == 0


# --- Second reader -----------------------------------------------------------------------------------


def test_the_maker_is_no_second_reader(organisation, who, latent):
    with pytest.raises(Invalid):
        actions.agree(latent, **who)
    assert Need.objects.get().second_reader is None


def test_other_words_have_to_be_read_again(organisation, who, latent):
    actions.agree(latent, organisation=organisation, actor=staff(organisation, "researcher"))
    same = {"sentence": latent.sentence, "kind": latent.kind}
    actions.change_need(latent, **who, **same, because="We saw it")
    assert Need.objects.get().second_reader is not None
    actions.change_need(latent, **who, **{**same, "sentence": "Other words"})
    assert (Need.objects.get().second_reader, Need.objects.get().second_read_at) == (None, None)


# --- Behind ------------------------------------------------------------------------------------------


def test_what_lies_behind_is_linked_with_who_why_and_the_ladder(organisation, who, researcher, latent):
    manifest = NeedFactory(organisation=organisation)
    actions.put_behind(
        **who, latent=latent, manifest=manifest, why="They said so", ladder=["To meet", " ", "To belong"]
    )
    link = LiesBehind.objects.get()
    assert (link.latent, link.manifest, link.why, link.ladder, link.created_by) == (
        latent,
        manifest,
        "They said so",
        ["To meet", "To belong"],
        researcher,
    )


def test_only_a_latent_need_lies_behind_and_only_in_front_of_it_stands_a_manifest_one(
    organisation, who, latent
):
    manifest = NeedFactory(organisation=organisation)
    for wrong in ({"latent": manifest, "manifest": latent}, {"latent": latent, "manifest": latent}):
        with pytest.raises(Invalid):
            actions.put_behind(**who, **wrong)


def test_a_linked_need_keeps_its_kind(organisation, who, latent):
    actions.put_behind(**who, latent=latent, manifest=NeedFactory(organisation=organisation))
    with pytest.raises(Invalid):
        actions.change_need(latent, **who, sentence=latent.sentence, kind="manifest")


def test_quotes_in_front_are_offered_until_they_speak_for_the_latent_need(organisation, who, latent):
    manifest = NeedFactory(organisation=organisation)
    backing = BackingFactory(need=manifest)
    actions.put_behind(**who, latent=latent, manifest=manifest)
    assert queries.detail(organisation, latent.public_id).could_speak == [backing]
    actions.back_need(**who, evidence=backing.evidence, need=latent)
    detail = queries.detail(organisation, latent.public_id)
    assert (detail.could_speak, len(detail.for_it)) == ([], 1)


# --- Residents ---------------------------------------------------------------------------------------


def test_showing_a_need_shows_only_the_chosen_quotes(organisation, who, latent):
    chosen, other = BackingFactory(need=latent), BackingFactory(need=latent)
    actions.show_need(latent, **who, quotes=[chosen.evidence])
    found = queries.public_need(organisation, latent.public_id)
    assert (Need.objects.get().is_public, len(found.heard)) == (True, 1)
    other.refresh_from_db()
    assert other.is_public is False


def test_a_facilitator_does_not_decide_what_residents_read(organisation, latent):
    facilitator = {"organisation": organisation, "actor": staff(organisation, "facilitator")}
    for action in (actions.show_need, actions.hide_need):
        with pytest.raises(Forbidden):
            action(latent, **facilitator)
    with pytest.raises(Forbidden):
        actions.decide_why_not(latent, **facilitator, why_not="No")


def test_a_reason_has_a_date_and_can_be_taken_back(organisation, who, latent):
    actions.decide_why_not(latent, **who, why_not="The town does it")
    assert Need.objects.get().why_not_at is not None
    actions.decide_why_not(latent, **who, why_not=" ")
    assert (Need.objects.get().why_not, Need.objects.get().why_not_at) == ("", None)


# --- Between organisations ---------------------------------------------------------------------------


def test_another_organisations_need_is_unknown_to_every_action(organisation, neighbour, who):
    theirs, ours = LatentFactory(organisation=neighbour), NeedFactory(organisation=organisation)
    evidence = EvidenceFactory(organisation=organisation)
    for action in (
        lambda: actions.change_need(theirs, **who, sentence="Ours now", kind="latent"),
        lambda: actions.agree(theirs, **who),
        lambda: actions.show_need(theirs, **who),
        lambda: actions.hide_need(theirs, **who),
        lambda: actions.decide_why_not(theirs, **who, why_not="No"),
        lambda: actions.back_need(**who, evidence=evidence, need=theirs),
        lambda: actions.back_need(**who, evidence=EvidenceFactory(organisation=neighbour), need=ours),
        lambda: actions.put_behind(**who, latent=theirs, manifest=ours),
        lambda: actions.unback_need(**who, evidence=evidence, need=theirs),
        lambda: actions.make_need(
            **who, sentence="With their theme", theme=ThemeFactory(organisation=neighbour)
        ),
    ):
        with pytest.raises(Unknown):
            action()


def test_a_shared_need_is_backed_by_who_may_contribute_and_reworded_by_its_owner_only(
    organisation, neighbour, who
):
    project = ProjectFactory(organisation=neighbour)
    theirs = NeedFactory(organisation=neighbour, project=project)
    admission = Admission.objects.create(project=project, organisation=organisation, level="read")
    evidence = EvidenceFactory(organisation=organisation)
    with pytest.raises(Forbidden):
        actions.back_need(**who, evidence=evidence, need=theirs)
    admission.level = "contribute"
    admission.save()
    actions.back_need(**who, evidence=evidence, need=theirs)
    with pytest.raises(Unknown):
        actions.change_need(theirs, **who, sentence="Ours now", kind="manifest")


def test_a_quote_that_is_only_ours_stays_invisible_to_the_others(organisation, neighbour, who):
    project = ProjectFactory(organisation=neighbour)
    theirs = NeedFactory(organisation=neighbour, project=project)
    Admission.objects.create(project=project, organisation=organisation, level="contribute")
    private, shared = (
        EvidenceFactory(organisation=organisation),
        EvidenceFactory(organisation=organisation, project=project),
    )
    for evidence in (private, shared):
        actions.back_need(**who, evidence=evidence, need=theirs)
    seen = queries.detail(neighbour, theirs.public_id)
    assert [backing.evidence for backing in seen.for_it] == [shared]
    assert seen.card.standing.quotes == 1


def test_every_write_has_an_audit_entry(organisation, who, researcher):
    need = actions.make_need(**who, sentence="People want to meet")
    actions.back_need(**who, evidence=EvidenceFactory(organisation=organisation), need=need)
    actions.show_need(need, **who)
    assert list(AuditEntry.objects.filter(target_id=need.public_id).values_list("verb", "actor")) == [
        ("need.shown", researcher.pk),
        ("need.backed", researcher.pk),
        ("need.made", researcher.pk),
    ]


def test_taking_a_quote_away_leaves_the_need(organisation, who, latent):
    backing = BackingFactory(need=latent)
    actions.drop_evidence(backing.evidence, **who)
    assert (Backing.objects.count(), Need.objects.count()) == (0, 1)
