"""Notes, quotes and needs."""

import datetime as dt

import factory

from participation.needs.models import Backing, Evidence, FieldNote, Need, Theme
from participation.programmes.models import Programme

HEARD = dt.date(2026, 11, 3)


class NoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FieldNote

    verbatim = "There is nothing to do here in the evening. I sit at home."
    consent = True
    heard_on = HEARD
    keep_until = dt.date(2099, 1, 1)


class ThemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Theme

    name = factory.Sequence(lambda n: f"Theme {n}")


class NeedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Need

    sentence = factory.Sequence(lambda n: f"Young people want to meet others in the evening ({n})")


class LatentFactory(NeedFactory):
    kind = Need.Kind.LATENT
    sentence = factory.Sequence(lambda n: f"Young people want to belong here ({n})")


class EvidenceFactory(factory.django.DjangoModelFactory):
    """A quote from `field_note`, of its organisation, unless another source is given."""

    class Meta:
        model = Evidence

    field_note = factory.SubFactory(NoteFactory, organisation=factory.SelfAttribute("..organisation"))
    quote = "There is nothing to do here in the evening."
    channel = "note"
    heard_on = HEARD


class BackingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Backing

    evidence = factory.SubFactory(EvidenceFactory, organisation=factory.SelfAttribute("..need.organisation"))


def quoted_idea(idea, need, stance="for", is_public=True):
    """Evidence from a contribution's text, for or against `need`."""
    evidence = Evidence.objects.create(
        organisation=idea.organisation,
        project=idea.thread.project,
        contribution=idea,
        quote=idea.text,
        channel=idea.thread.kind,
        heard_on=HEARD,
    )
    return Backing.objects.create(evidence=evidence, need=need, stance=stance, is_public=is_public)


class ProgrammeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Programme

    name = "Evenings at the harbour"
    page_key = factory.Faker("uuid4")
    is_published = True
