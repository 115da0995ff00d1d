"""What a browser without JavaScript would post of a page's controls."""

from html.parser import HTMLParser

from django.http import QueryDict


class _Controls(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.data = QueryDict(mutable=True)
        self.select: str | None = None
        self.options: list[tuple[str, bool]] = []
        self.area: str | None = None
        self.text = ""

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        if tag == "input" and known.get("name") and known.get("type") not in ("submit", "button"):
            ticked = known.get("type") not in ("radio", "checkbox") or "checked" in known
            if ticked:
                self.data.appendlist(known["name"], known.get("value", ""))
        elif tag == "select":
            self.select, self.options = known["name"], []
        elif tag == "option":
            self.options.append((known.get("value", ""), "selected" in known))
        elif tag == "textarea":
            self.area, self.text = known["name"], ""

    def handle_data(self, data):
        if self.area is not None:
            self.text += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            # A browser drops the first line break and sends others as CR LF.
            self.data.appendlist(self.area, self.text.removeprefix("\n").replace("\n", "\r\n"))
            self.area = None
        elif tag == "select":
            chosen = [value for value, selected in self.options if selected] or [self.options[0][0]]
            self.data.appendlist(self.select, chosen[0])


def form_data(html: str) -> QueryDict:
    controls = _Controls()
    controls.feed(html)
    return controls.data
