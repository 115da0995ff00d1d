"""Threads and what is in them."""

import uuid

import factory

from participation.contributions.models import Contribution, OfficialReply, Support, Thread
from tests.factories import ParticipantFactory


class ThreadFactory(factory.django.DjangoModelFactory):
    """An open board of `organisation`."""

    class Meta:
        model = Thread

    kind = Thread.Kind.BOARD
    name = "Ideas for the square"
    page_key = factory.LazyFunction(uuid.uuid4)


class IdeaFactory(factory.django.DjangoModelFactory):
    """A visible idea of somebody in `thread`."""

    class Meta:
        model = Contribution

    organisation = factory.SelfAttribute("thread.organisation")
    participant = factory.SubFactory(
        ParticipantFactory, organisation=factory.SelfAttribute("..thread.organisation")
    )
    title = factory.Sequence(lambda n: f"Benches number {n}")
    text = "So that my mother can sit down on her way to the library."


class CommentFactory(IdeaFactory):
    """A visible comment on `parent`."""

    thread = factory.SelfAttribute("parent.thread")
    title = ""
    text = "In the shade, please."


class SupportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Support

    participant = factory.SubFactory(
        ParticipantFactory, organisation=factory.SelfAttribute("..contribution.organisation")
    )


class ReplyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OfficialReply

    text = "We place three benches before the summer."
    status = Contribution.Status.ACCEPTED
