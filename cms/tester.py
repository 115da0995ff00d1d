"""Who may do what with a page: Wagtail's permissions on the tree, narrowed by the roles that write this type of page."""

from typing import Any

from wagtail.models import Page, PagePermissionTester

from participation.organisations.models import Role

from .grounds import roles_on


def may_write(user: Any, page_class: type[Page], place: Page) -> bool:
    """May this person write pages of this type in the tree where `place` is?"""
    if user.is_superuser:
        return True
    written_by = getattr(page_class, "written_by", None)
    return written_by is not None and bool(roles_on(user, place) & {Role.OWNER, *written_by})


class RoleTester(PagePermissionTester):
    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        self.writes = may_write(user, type(page), page)
        self.is_loose = user.is_superuser or not getattr(page, "is_fixed", True)

    def can_add_subpage(self) -> bool:
        return super().can_add_subpage() and any(
            may_write(self.user, model, self.page) and model.can_create_at(self.page)
            for model in type(self.page).creatable_subpage_models()
        )

    def can_edit(self) -> bool:
        return self.writes and super().can_edit()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self.writes and self.is_loose and super().can_delete(ignore_bulk)

    def can_publish(self) -> bool:
        return self.writes and super().can_publish()

    def can_unpublish(self) -> bool:
        return self.writes and self.is_loose and super().can_unpublish()

    def can_lock(self) -> bool:
        return self.writes and super().can_lock()

    def can_copy(self) -> bool:
        return self.is_loose and super().can_copy()

    def can_set_view_restrictions(self) -> bool:
        """Private pages are not offered: everything on a site is public, or not published."""
        return self.user.is_superuser

    def can_reorder_children(self) -> bool:
        return self.writes and super().can_reorder_children()
