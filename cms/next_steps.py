"""On top of a page in the editor: what stands behind it now, and where to go from here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.panels import Panel

from participation.contributions.models import Thread
from participation.live.models import Session
from participation.live.permissions import may_run, may_see_report
from participation.organisations.models import Organisation
from participation.people import mail
from surveys.models import Questionnaire
from surveys.queries import people_by_channel

from .grounds import organisation_of


@dataclass(frozen=True)
class Link:
    label: Any
    url: str
    icon: str


@dataclass(frozen=True)
class Next:
    """`text` says in a sentence how things stand."""

    text: str
    links: list[Link] = field(default_factory=list)


Tell = Callable[[Any, Any], Next]  # (page, user)


class NextPanel(Panel):
    def __init__(self, tell: Tell, **more: Any) -> None:
        super().__init__(**more)
        self.tell = tell

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "tell": self.tell}

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/admin/next_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return {**context, "next": self.panel.tell(self.instance, self.request.user)}


def for_project(page: Any, user: Any) -> Next:
    from .dashboard import buttons_below  # knows all types of page, and they know this module

    if not page.live:
        return Next(
            _("Publish this page. Then add what residents can do here: a survey, a session, an idea board.")
        )
    return Next(_("Add to this project:"), buttons_below(page, user))


def for_survey(page: Any, user: Any) -> Next:
    organisation, asked = _behind(page, Questionnaire)
    if asked is None:
        return Next(_("Publish this page: then people can answer, and you see here what came in."))
    people = sum(row["submitted"] for row in people_by_channel(asked))
    text = ngettext("%(n)s person answered.", "%(n)s people answered.", people) % {"n": people}
    answers = _there(organisation, "surveys:staff_results", asked.public_id)
    return Next(text, [Link(_("Look at the answers"), answers, "clipboard-list")])


def for_session(page: Any, user: Any) -> Next:
    organisation, session = _behind(page, Session)
    if session is None:
        text = _("Publish this page: then it gets a code to join with, a console and a big screen.")
        return Next(
            text, [] if page.path else [Link(_("Begin with a script"), reverse("make_session"), "list-ol")]
        )
    links = [Link(_("Open the big screen"), _there(organisation, "live:screen", session.code), "desktop")]
    if may_run(user, organisation):
        console = _there(organisation, "live:console", session.code)
        links.insert(0, Link(_("Open the console"), console, "cogs"))
    copy = _there(organisation, "duplicate", session.page_key)
    links.append(Link(_("Use this session again"), copy, "copy"))
    if may_see_report(user, organisation) and session.state != Session.State.LOBBY:
        links.append(
            Link(_("Report of the session"), _there(organisation, "live:report", session.code), "doc-full")
        )
    code = f"{session.code[:3]} {session.code[3:]}"
    return Next(_("People join with the code %(code)s.") % {"code": code}, links)


def for_board(page: Any, user: Any) -> Next:
    organisation, thread = _behind(page, Thread)
    if thread is None:
        return Next(_("Publish this page: then people can write their ideas."))
    ideas = thread.contributions.ideas().visible().count()
    text = ngettext("%(n)s idea so far.", "%(n)s ideas so far.", ideas) % {"n": ideas}
    url = f"{_there(organisation, 'contributions:staff_ideas')}?thread={thread.public_id}"
    return Next(text, [Link(_("Look at the ideas and answer them"), url, "comment")])


def for_programme(page: Any, user: Any) -> Next:
    text = _("A programme answers what people need. Tick at least one need below.")
    organisation = organisation_of(page) if page.path else None
    if organisation is None:
        return Next(text)
    return Next(text, [Link(_("Look at the needs"), _there(organisation, "needs:board"), "list-ul")])


def _behind(page: Any, model: Any) -> tuple[Any, Any]:
    """The organisation and the object of a page; no object as long as it was never published."""
    organisation = organisation_of(page) if page.path else None
    if organisation is None:
        return None, None
    return organisation, model.objects.of(organisation).filter(page_key=page.object_key).first()


def _there(organisation: Organisation, name: str, *args: Any) -> str:
    """On the organisation's own site, whatever host the admin is on."""
    return mail.site_address(organisation) + reverse(name, args=args)
