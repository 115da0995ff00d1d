import pytest
from django.core.cache import cache
from django.utils import translation

from participation.areas.actions import import_cbs

from .factories import MUNICIPALITIES, some_municipalities


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _fresh_cache():
    """Maps are cached by the number of the last import, which a rolled-back test gives out again."""
    cache.clear()


@pytest.fixture
def netherlands(db):
    """All 342 municipalities of 2023."""
    import_cbs(MUNICIPALITIES)


@pytest.fixture
def flevoland(db):
    """Lelystad, its neighbours and Utrecht: faster than all."""
    import_cbs(some_municipalities())
