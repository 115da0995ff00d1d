"""One question on a screen of its own, as form controls made on the server: every kind works live without a script
that knows it. `static/live/participant/form.js` reads the protocol's value from the controls and writes it back."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from surveys.forms import QuestionsForm, field_name
from surveys.structure import FrozenQuestion


def form(question: FrozenQuestion, data: Any = None, value: Any = None) -> QuestionsForm:
    """The question as a form; posted `data` is judged, `value` is the answer to begin with."""
    made = QuestionsForm([question], data, {question.key: value}, auto_id="%s")
    made.fields[field_name(question)].label = _("Your answer")  # the question itself is the page's heading
    return made


def html(question: FrozenQuestion, asked: QuestionsForm | None = None) -> SafeString:
    """The controls, in the language that is active."""
    asked = asked or form(question)
    # The only question on the screen: "(optional)" beside it would be noise. It is judged before it comes here.
    asked.fields[field_name(question)].required = True
    return render_to_string(
        "live/ask.html", {"bound_field": asked[field_name(question)], "question": question}
    )
