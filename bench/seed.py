"""One organisation with one session that asks one question: open, its results shown. Prints the join code.

`DJANGO_SETTINGS_MODULE=bench.settings python -m bench.seed`, on an empty database.
"""

import uuid

import django

OPTIONS = 5


def seed() -> str:
    from django.core.management import call_command
    from wagtail import blocks

    from cms.actions import add_member, create_organisation
    from participation.live.actions import command, publish_session
    from participation.live.blocks import script_blocks
    from participation.organisations.models import Role
    from participation.people.models import User

    call_command("migrate", verbosity=0, interactive=False)
    house = create_organisation(name="Bibliotheek", slug="bibliotheek", hostname="localhost", is_default=True)
    facilitator = User.objects.create(email="facilitator@example.org", name="Facilitator")
    add_member(house, facilitator, Role.FACILITATOR)
    question = {
        "label": "Waar kom je graag?",
        "help": "",
        "required": False,
        "options": [
            {"type": "item", "id": str(uuid.uuid4()), "value": {"label": label}}
            for label in ("Bibliotheek", "Haven", "Park", "Markt", "Buurthuis")
        ],
    }
    raw = [{"type": "single_choice", "id": str(uuid.uuid4()), "value": question}]
    session = publish_session(
        organisation=house,
        project=None,
        page_key=uuid.uuid4(),
        name="Avond over de stad",
        script=blocks.StreamBlock(script_blocks()).to_python(raw),
        language="nl",
    )
    command(session, "open", {}, facilitator)
    command(session, "show_results", {}, facilitator)
    return session.code


if __name__ == "__main__":
    django.setup()
    print(seed())
