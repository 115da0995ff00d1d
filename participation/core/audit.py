"""The audit log's one door."""

from typing import Any

from django.db import models

from .models import AuditEntry


def record(
    organisation: models.Model, actor: Any, verb: str, target: models.Model, **data: Any
) -> AuditEntry:
    """Note what staff did; call it inside the action's transaction. `data` must be plain JSON."""
    return AuditEntry.objects.create(
        organisation_id=organisation.pk,
        actor=actor if getattr(actor, "pk", None) else None,
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=str(getattr(target, "public_id", target.pk)),
        data=data,
    )
