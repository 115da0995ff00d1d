"""Names that staff removed: nobody takes one of them again in that session.

Only a fingerprint is kept. It says whether a name is one of those, and not which they are: it may have been somebody's."""

import hashlib
import unicodedata
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from participation.core.errors import Invalid

from .models import Session

REMOVED = _("Somebody who leads this session removed this name. Choose another one, or leave it empty.")


def check(session: Session, name: str) -> None:
    """Raises Invalid for a name that was removed here, also when it is spelled a little differently."""
    if name and _fingerprint(session, name) in session.removed_names:
        raise Invalid(REMOVED, errors={"name": [REMOVED]})


def keep_out(session: Session, names: Iterable[str]) -> None:
    """From now on. Call it with the session locked."""
    found = {_fingerprint(session, name) for name in names if name}
    session.removed_names = sorted(found.union(session.removed_names))
    session.save(update_fields=["removed_names"])


def _fingerprint(session: Session, name: str) -> str:
    said = f"{session.page_key} {_plain(name)}"
    return hashlib.blake2b(said.encode(), digest_size=12).hexdigest()


def _plain(name: str) -> str:
    """Without accents, capitals, spaces and marks; a name of marks only stays as it is."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(each for each in letters if each.isalnum()) or letters.strip()
