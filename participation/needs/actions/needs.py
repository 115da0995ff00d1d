"""Needs: worded, read by a second person, put behind one another, shown to residents or not taken up."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.core import audit
from participation.core.errors import Invalid, Unknown
from participation.core.text import clean_text
from participation.needs import permissions
from participation.needs.models import Evidence, LiesBehind, Need, Theme
from participation.organisations.models import Organisation
from participation.projects.models import Project

from .evidence import may_show
from .rules import may_write, must_see, own_need, require


@transaction.atomic
def make_theme(*, organisation: Organisation, actor: Any, name: str) -> Theme:
    """The theme with this name, made when there is none."""
    require(permissions.may_research(actor, organisation))
    name = clean_text(name, 80)
    known = Theme.objects.of(organisation).filter(name__iexact=name).first()
    return known or Theme.objects.create(
        organisation=organisation, name=name, position=Theme.objects.of(organisation).count()
    )


@transaction.atomic
def make_need(
    *,
    organisation: Organisation,
    actor: Any,
    sentence: str,
    kind: str = Need.Kind.MANIFEST,
    because: str = "",
    theme: Theme | None = None,
    fundamental: str = "",
    project: Project | None = None,
) -> Need:
    """Write down a need. It is not public until somebody checked its quotes (`show_need`)."""
    may_write(organisation, actor, project)
    if theme is not None and theme.organisation_id != organisation.pk:
        raise Unknown
    need = Need.objects.create(
        organisation=organisation,
        project=project,
        kind=kind,
        sentence=clean_text(sentence, 500),
        because=clean_text(because, 1000),
        theme=theme,
        fundamental=fundamental,
        created_by=actor,
    )
    audit.record(organisation, actor, "need.made", need, kind=kind)
    return need


@transaction.atomic
def change_need(
    need: Need,
    *,
    organisation: Organisation,
    actor: Any,
    sentence: str,
    kind: str,
    because: str = "",
    theme: Theme | None = None,
    fundamental: str = "",
    project: Project | None = None,
) -> Need:
    """Word it differently. A changed sentence or kind has to be read by a second reader again."""
    need = own_need(need, organisation)
    may_write(organisation, actor, project)
    if theme is not None and theme.organisation_id != organisation.pk:
        raise Unknown
    before = (need.sentence, need.kind)
    need.sentence, need.because = clean_text(sentence, 500), clean_text(because, 1000)
    need.kind, need.theme, need.fundamental, need.project = kind, theme, fundamental, project
    _links_must_fit(need)
    if (need.sentence, need.kind) != before:
        need.second_reader = need.second_read_at = None
    need.save()
    audit.record(organisation, actor, "need.changed", need, before=before[0])
    return need


def _links_must_fit(need: Need) -> None:
    wrong = need.behind_links if need.kind == Need.Kind.MANIFEST else need.front_links
    if wrong.exists():
        raise Invalid(_("First take away what lies behind or in front of this need. Then change its kind."))


@transaction.atomic
def put_behind(
    *,
    organisation: Organisation,
    actor: Any,
    latent: Need,
    manifest: Need,
    why: str = "",
    ladder: Sequence[str] = (),
) -> LiesBehind:
    """Say what lies behind what people ask for. `ladder`: the answers to "why does that matter?", three at most."""
    must_see(organisation, latent, manifest)
    may_write(organisation, actor, latent.project)
    require(permissions.may_write_in(organisation, manifest.project))
    if latent.kind != Need.Kind.LATENT or manifest.kind != Need.Kind.MANIFEST:
        raise Invalid(_("What lies behind is a latent need; it stands behind something people ask for."))
    steps = [clean_text(step, 500) for step in ladder[:3] if step.strip()]
    link, _made = LiesBehind.objects.update_or_create(
        latent=latent,
        manifest=manifest,
        defaults={"why": clean_text(why), "ladder": steps},
        create_defaults={"why": clean_text(why), "ladder": steps, "created_by": actor},
    )
    audit.record(organisation, actor, "need.put_behind", latent, manifest=manifest.public_id)
    return link


@transaction.atomic
def take_from_behind(*, organisation: Organisation, actor: Any, latent: Need, manifest: Need) -> None:
    must_see(organisation, latent, manifest)
    may_write(organisation, actor, latent.project)
    LiesBehind.objects.filter(latent=latent, manifest=manifest).delete()
    audit.record(organisation, actor, "need.taken_from_behind", latent, manifest=manifest.public_id)


@transaction.atomic
def agree(need: Need, *, organisation: Organisation, actor: Any) -> Need:
    """The second reader: somebody else than the maker read the quotes and comes to the same need."""
    must_see(organisation, need)
    may_write(organisation, actor, need.project)
    if need.created_by_id == actor.pk:
        raise Invalid(_("A second reader is somebody else. Ask a colleague to read the quotes."))
    need.second_reader, need.second_read_at = actor, timezone.now()
    need.save(update_fields=["second_reader", "second_read_at", "updated_at"])
    audit.record(organisation, actor, "need.agreed", need)
    return need


@transaction.atomic
def show_need(
    need: Need, *, organisation: Organisation, actor: Any, quotes: Iterable[Evidence] | None = None
) -> Need:
    """Let residents read this need with the chosen quotes (None: all that may be shown). The others stay inside."""
    require(permissions.may_decide(actor, organisation))
    need = own_need(need, organisation)
    chosen = None if quotes is None else {evidence.pk for evidence in quotes}
    for backing in need.backings.select_related("evidence__field_note"):
        wanted = chosen is None or backing.evidence_id in chosen
        backing.is_public = wanted and may_show(backing.evidence)
        backing.save(update_fields=["is_public"])
    need.is_public = True
    need.save(update_fields=["is_public", "updated_at"])
    audit.record(organisation, actor, "need.shown", need)
    return need


@transaction.atomic
def hide_need(need: Need, *, organisation: Organisation, actor: Any) -> Need:
    require(permissions.may_decide(actor, organisation))
    need = own_need(need, organisation)
    need.is_public = False
    need.save(update_fields=["is_public", "updated_at"])
    audit.record(organisation, actor, "need.hidden", need)
    return need


@transaction.atomic
def decide_why_not(need: Need, *, organisation: Organisation, actor: Any, why_not: str) -> Need:
    """Say why this need is not taken up; an empty text takes that back."""
    require(permissions.may_decide(actor, organisation))
    need = own_need(need, organisation)
    need.why_not = clean_text(why_not, 2000)
    need.why_not_at = timezone.now() if need.why_not else None
    need.save(update_fields=["why_not", "why_not_at", "updated_at"])
    audit.record(organisation, actor, "need.why_not", need, why_not=need.why_not)
    return need
