"""The texts that the scripts of the three screens show, in the reader's language."""

from django.utils.translation import gettext as _

Words = dict[str, str]


def _shared() -> Words:
    return {
        "lost": _("The connection is gone. We keep your answer and try again."),
        "answered": _("People who answered: {n}"),
        "table": _("Show as a table"),
        "answer": _("Answer"),
        "number": _("Number"),
        "share": _("Share"),
        "nothing": _("Nothing yet."),
        "notes": _("Notes: {n}"),
        "time": _("Time left: {time}"),
        "time_up": _("The time is up. You can still finish."),
        "pinned": _("Pinned"),
        "was_answered": _("Answered"),
    }


def participant() -> Words:
    return {
        **_shared(),
        "step": _("Part {number} of {of}"),
        "saving": _("One moment, we are saving …"),
        "saved": _("Saved"),
        "saved_next": _("Stay here. The next question comes by itself."),
        "saved_change": _("You can change your answer as long as the question is open."),
        "waiting": _("Saved on this phone. We send it as soon as there is a connection."),
        "closed": _("This question is closed."),
        "soon": _("You can answer in a moment."),
        "soon_text": _("Read the question. It opens by itself."),
        "welcome": _("Good that you are here"),
        "welcome_text": _("The first question comes by itself."),
        "pause": _("A short break"),
        "pause_text": _("We go on in a moment. You can leave this page open."),
        "ended": _("That was it"),
        "look": _("Look at the screen"),
        "people": _("People here: {n}"),
        "read_first": _("We read it first"),
        "support": _("I am for this"),
        "supported": _("You are for this"),
        "written": _("Thank you. Your text is saved."),
        "not_saved": _("Not saved"),
        "new_question": _("New question"),
        "moved_on": _("There is a new question. You can finish this one first."),
        "change": _("Change my answer"),
        "choose": _("Choose or write something first."),
        "write_later": _("You can't write here now. Watch the screen."),
    }


def screen() -> Words:
    return {
        **_shared(),
        "people": _("people"),
        "answers": _("answers"),
        "notes_word": _("notes"),
        "pause": _("A short break"),
        "pause_text": _("We go on in a moment."),
        "ended": _("Thank you"),
        "ended_text": _("On your phone you see what came of it."),
        "lost": _("No connection. Trying again …"),
    }


def console() -> Words:
    return {
        **_shared(),
        "lost": _("No connection. Trying again … Buttons work, but slower."),
        "open": _("Open the question"),
        "close": _("Close the question"),
        "open_wall": _("Open for notes"),
        "close_wall": _("Close for notes"),
        "show": _("Show results"),
        "hide": _("Hide results"),
        "start": _("Begin"),
        "next": _("Next"),
        "lock": _("Lock answers"),
        "unlock": _("Unlock answers"),
        "pause": _("Pause"),
        "resume": _("Go on"),
        "only_you": _("Only you see this"),
        "room_sees": _("The room sees this"),
        "is_open": _("open"),
        "step": _("Part {number} of {of}"),
        "lobby": _("Not begun. The room sees the code to join."),
        "paused": _("Paused. The room sees that there is a break."),
        "ended": _("This session has ended."),
        "approve": _("Show"),
        "hide_text": _("Hide"),
        "pin": _("Pin"),
        "unpin": _("Let go"),
        "mark": _("Answered"),
        "unmark": _("Not answered"),
        "queue_empty": _("Nothing waits for you."),
        "for": _("{n} for this"),
        "refused": _("That did not work: {detail}"),
    }
