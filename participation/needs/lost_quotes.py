"""When a source is erased its quotes go with it, and the needs that relied on them say so.

A signal, because rows go by CASCADE from three apps that don't know this one.
"""

from typing import Any

from django.db.models.signals import pre_delete

from participation.core import audit
from participation.organisations.models import Organisation

from .models import Evidence


def watch() -> None:
    pre_delete.connect(_tell, sender=Evidence, dispatch_uid="needs.lost_quotes")


def _tell(sender: type[Evidence], instance: Evidence, origin: Any = None, **kwargs: Any) -> None:
    """An audit entry on each need that this quote backed: never the words, they were taken back."""
    if isinstance(origin, Evidence):
        return  # staff dropped the quote itself; that has an entry of its own
    if getattr(origin, "model", type(origin)) is Organisation:
        return  # the audit log goes too
    for backing in instance.backings.select_related("need__organisation"):
        audit.record(
            backing.need.organisation,
            None,
            "need.quote_lost",
            backing.need,
            channel=instance.channel,
            stance=backing.stance,
        )
