"""Sessions as an editor makes them, and people who take part in them."""

import uuid
from typing import Any

from wagtail import blocks

from participation.live.actions import command, publish_session
from participation.live.blocks import script_blocks
from participation.live.models import Session, Step
from participation.organisations.models import Organisation
from tests.factories import staff


def option(key: str, label: str) -> dict[str, Any]:
    return {"type": "item", "id": key, "value": {"label": label}}


def choice(label: str = "Where do you meet?", kind: str = "single_choice", **extra: Any) -> dict[str, Any]:
    """A raw question block with the options `lib` and `sea`."""
    value = {"label": label, "help": "", "required": False, **extra}
    value.setdefault("options", [option("lib", "Library"), option("sea", "Harbour")])
    return {"type": kind, "id": str(uuid.uuid4()), "value": value}


def text(label: str = "What do you miss?", **extra: Any) -> dict[str, Any]:
    value = {"label": label, "help": "", "required": False, "max_length": 200, "rows": 3, **extra}
    return {"type": "open_text", "id": str(uuid.uuid4()), "value": value}


def words(label: str = "One word for this town?", **extra: Any) -> dict[str, Any]:
    value = {"label": label, "help": "", "required": False, "most": 3, **extra}
    return {"type": "word_cloud", "id": str(uuid.uuid4()), "value": value}


def wall(label: str = "Your ideas", approve_first: bool = False, kind: str = "wall") -> dict[str, Any]:
    return {
        "type": kind,
        "id": str(uuid.uuid4()),
        "value": {"label": label, "approve_first": approve_first},
    }


def table(key: str, name: str = "", **where: str) -> dict[str, Any]:
    """One in the list of a conversation; `where`: link, phone."""
    return {"type": "item", "id": key, "value": {"name": name, "link": "", "phone": "", **where}}


def talk(label: str = "What do you miss?", *tables: dict[str, Any], **extra: Any) -> dict[str, Any]:
    """A conversation in small groups; two tables, given out, when it says nothing else."""
    value = {
        "label": label,
        "text": "",
        "by": "random",
        "tables": list(tables),
        "approve_first": False,
        **extra,
    }
    value.setdefault("size", None)
    value.setdefault("count", None if tables or value["size"] else 2)
    return {"type": "talk", "id": str(uuid.uuid4()), "value": value}


def slide(title: str = "Welcome", text: str = "") -> dict[str, Any]:
    return {"type": "slide", "id": str(uuid.uuid4()), "value": {"title": title, "text": text}}


def stream(*raw: dict[str, Any]) -> Any:
    """The value of a session page's script."""
    return blocks.StreamBlock(script_blocks()).to_python(list(raw))


def make_session(organisation: Organisation, *script: dict[str, Any], **extra: Any) -> Session:
    """Published, in the lobby. Without a script it asks one question."""
    settings: dict[str, Any] = {
        "project": None,
        "page_key": uuid.uuid4(),
        "name": "An evening",
        "language": "nl",
        "actor": None,
        **extra,
    }
    return publish_session(organisation=organisation, script=stream(*(script or (choice(),))), **settings)


def run(session: Session, *names: str, actor: Any = None) -> Session:
    """Commands without arguments, by a facilitator; gives the session as it is then."""
    actor = actor or staff(session.organisation, "facilitator")
    for name in names:
        command(session, name, {}, actor)
    return Session.objects.get(pk=session.pk)


def open_session(organisation: Organisation, *script: dict[str, Any], **extra: Any) -> Session:
    """Begun, its first step open."""
    return run(make_session(organisation, *script, **extra), "open")


def first(session: Session) -> Step:
    return session.steps.select_related("question", "thread").first()
