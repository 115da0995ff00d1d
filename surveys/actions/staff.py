"""What staff do with answers."""

from typing import Any

from django.db import transaction

from participation.core import audit
from participation.core.errors import Forbidden
from surveys import exports, permissions
from surveys.models import Questionnaire


@transaction.atomic
def export_responses(questionnaire: Questionnaire, *, actor: Any, language: str) -> exports.Table:
    """All responses as a table, read while it is written out; who took it is noted."""
    if not permissions.may_export(actor, questionnaire):
        raise Forbidden
    audit.record(questionnaire.organisation, actor, "responses.exported", questionnaire)
    return exports.responses(questionnaire, language)
