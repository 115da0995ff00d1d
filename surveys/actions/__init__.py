"""Every write of asking."""

from .answer import (
    Given,
    open_response,
    record_answer,
    record_answers,
    save_answers,
    submit,
)
from .publish import add_translation, publish_questionnaire, set_collector, take_out_words
from .recordings import remove_unused, store_recording, transcribe
from .staff import export_responses

__all__ = [
    "Given",
    "add_translation",
    "export_responses",
    "open_response",
    "publish_questionnaire",
    "record_answer",
    "record_answers",
    "remove_unused",
    "save_answers",
    "set_collector",
    "store_recording",
    "submit",
    "take_out_words",
    "transcribe",
]
