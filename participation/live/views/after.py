"""What somebody finds on their phone after the end: what came of it, their receipts and a way to hear more."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from participation.core.ids import group_code
from participation.live import reports, seats
from participation.live.models import Attendance, Session
from participation.projects.actions import receipt_for

from .place import Place, language


def ended(request: HttpRequest, session: Session, place: Place) -> HttpResponse:
    """The page of a session that is over."""
    present = _present(session, place)
    context = {
        "session": session,
        "title": session.title(language()),
        "report": reports.report(session, language(), public=True),
        "took_part": bool(present),
        "has_captions": session.captions.exists(),
        **_what_remains(session, present),
    }
    return render(request, "live/ended.html", context)


def through(request: HttpRequest, session: Session, place: Place, **more: Any) -> HttpResponse:
    """The page after the last step, at one's own pace."""
    context = {
        "session": session,
        "title": session.title(language()),
        **_what_remains(session, _present(session, place)),
        **more,
    }
    return render(request, "live/own_done.html", context)


def _what_remains(session: Session, present: list[Attendance]) -> dict[str, Any]:
    return {"receipts": _receipts(session, present), "subscribe_address": _subscribe_address(session)}


def _present(session: Session, place: Place) -> list[Attendance]:
    """Who took part on this phone."""
    here = session.attendances.filter(participant__in=seats.people_of(place.phone))
    return list(here.select_related("participant").order_by("seat"))


def _receipts(session: Session, present: list[Attendance]) -> list[dict[str, Any]]:
    return [_receipt(session, each) for each in present] if session.project else []


def _subscribe_address(session: Session) -> str:
    """Where somebody asks for an e-mail when there is news; empty outside a project."""
    return _above("subscribe", session.project.public_id) if session.project else ""


def _receipt(session: Session, attendance: Attendance) -> dict[str, Any]:
    assert session.project is not None
    receipt = receipt_for(attendance.participant, session.project)
    return {
        "name": attendance.nickname,
        "number": attendance.seat + 1,
        "code": group_code(receipt.code),
        "address": _above("receipt", receipt.code),
    }


def _above(name: str, key: str) -> str:
    """A page of a room above this one."""
    try:
        return reverse(f"notifications:{name}", args=[key])
    except NoReverseMatch:
        return ""
