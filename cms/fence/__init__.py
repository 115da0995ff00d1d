"""Who works for one organisation sees nothing of another in Wagtail's admin.

Wagtail's choosers, reports, collections, filters and translations leak by default. So the rule is turned around: a
member of staff may open what `doors.py` lists and nothing else, every id in an address or a form is checked by
`checks.py` before the view runs, and what a list may show is narrowed in `lists.py`. A view that a new version of
Wagtail brings is closed until somebody lists it; an id with a new name is refused until somebody says how to check it.
"""
