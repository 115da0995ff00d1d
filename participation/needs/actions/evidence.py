"""A fragment becomes evidence, and evidence speaks for or against a need."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from participation.contributions.models import Contribution
from participation.core import audit
from participation.core.errors import Invalid, Unknown
from participation.core.text import clean_text
from participation.needs import fragments, sources
from participation.needs.models import Backing, Evidence, FieldNote, Need, Reading
from participation.organisations.models import Organisation
from surveys.models import Answer

from .rules import may_write, must_see

SourceRow = Answer | Contribution | FieldNote


@transaction.atomic
def quote(
    *,
    organisation: Organisation,
    actor: Any,
    source: SourceRow,
    fragment: str,
    need: Need | None = None,
    stance: str = Backing.Stance.FOR,
    why: str = "",
    is_public: bool = False,
) -> Evidence:
    """Make a fragment of a text evidence, and back `need` with it when one is given.

    The fragment must stand in the source (Invalid when it doesn't). The same fragment again is the same evidence.
    """
    kind, key = sources.key_of_row(source)
    found = sources.find(organisation, kind, key)
    may_write(organisation, actor, found.project)
    place = fragments.find(found.text, fragment)
    if place is None:
        raise Invalid(_("These words are not in the text. Copy them exactly as they stand there."))
    evidence, made = Evidence.objects.get_or_create(
        **found.link,
        organisation=organisation,
        start=place[0],
        quote=place[1],
        defaults={
            "channel": found.channel,
            "heard_on": found.heard_on,
            "project": found.project,
            "created_by": actor,
        },
    )
    if made:
        audit.record(organisation, actor, "evidence.quoted", evidence, source=kind, key=key)
    if need is not None:
        back_need(
            organisation=organisation,
            actor=actor,
            evidence=evidence,
            need=need,
            stance=stance,
            why=why,
            is_public=is_public,
        )
    return evidence


@transaction.atomic
def drop_evidence(evidence: Evidence, *, organisation: Organisation, actor: Any) -> None:
    """Take a quote away again, from every need. Only who owns it."""
    if evidence.organisation_id != organisation.pk:
        raise Unknown
    may_write(organisation, actor, evidence.project)
    for need in evidence.needs.select_related("organisation"):
        audit.record(need.organisation, actor, "need.unbacked", need, evidence=evidence.public_id)
    evidence.delete()


@transaction.atomic
def mark_read(*, organisation: Organisation, actor: Any, source: SourceRow, on: bool = True) -> None:
    """This text was read and needs no (more) quotes, or (`on=False`) it waits again."""
    kind, key = sources.key_of_row(source)
    found = sources.find(organisation, kind, key)
    may_write(organisation, actor, found.project)
    if on:
        Reading.objects.get_or_create(
            **found.link,
            organisation=organisation,
            defaults={"project": found.project, "created_by": actor},
        )
    else:
        Reading.objects.filter(**found.link, organisation=organisation).delete()


@transaction.atomic
def back_need(
    *,
    organisation: Organisation,
    actor: Any,
    evidence: Evidence,
    need: Need,
    stance: str = Backing.Stance.FOR,
    why: str = "",
    is_public: bool = False,
) -> Backing:
    """Say that this evidence speaks for or against that need. Said again, the last word counts."""
    must_see(organisation, evidence, need)
    may_write(organisation, actor, need.project)
    backing, _made = Backing.objects.update_or_create(
        evidence=evidence,
        need=need,
        defaults={"stance": stance, "why": clean_text(why), "is_public": is_public and may_show(evidence)},
        create_defaults={
            "stance": stance,
            "why": clean_text(why),
            "is_public": is_public and may_show(evidence),
            "created_by": actor,
        },
    )
    need.save(update_fields=["updated_at"])
    audit.record(organisation, actor, "need.backed", need, evidence=evidence.public_id, stance=stance)
    return backing


@transaction.atomic
def unback_need(*, organisation: Organisation, actor: Any, evidence: Evidence, need: Need) -> None:
    must_see(organisation, evidence, need)
    may_write(organisation, actor, need.project)
    Backing.objects.filter(evidence=evidence, need=need).delete()
    audit.record(organisation, actor, "need.unbacked", need, evidence=evidence.public_id)


def may_show(evidence: Evidence) -> bool:
    """A field note's words go public only when the person knew that they are kept."""
    return evidence.field_note is None or evidence.field_note.consent
