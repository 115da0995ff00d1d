"""What somebody typed and we could not keep as an answer: it waits in their session until it is right."""

from django.contrib.sessions.backends.base import SessionBase
from django.http import QueryDict

LIMIT = 50_000  # characters a step


class Typed:
    """One step's raw form."""

    def __init__(self, session: SessionBase, survey: str, step: int) -> None:
        self.session, self.survey, self.step = session, f"survey.{survey}", str(step)

    @property
    def data(self) -> QueryDict | None:
        raw = self.session.get(self.survey, {}).get(self.step)
        return QueryDict(raw) if raw else None

    def keep(self, data: QueryDict) -> None:
        kept = data.copy()
        for name in ("csrfmiddlewaretoken", "go", "version"):
            kept.pop(name, None)
        raw = kept.urlencode()
        if len(raw) <= LIMIT:
            self.session[self.survey] = {**self.session.get(self.survey, {}), self.step: raw}

    def forget(self) -> None:
        steps = self.session.get(self.survey, {})
        if self.step in steps:
            self.session[self.survey] = {step: raw for step, raw in steps.items() if step != self.step}
