"""Is the house standing?"""

from django.core.cache import caches
from django.test import Client


def test_it_is(client, db):
    response = client.get("/health/")
    assert (response.status_code, response.json()) == (200, {"database": True, "cache": True, "layer": True})


def test_a_cache_that_is_away_is_named_and_nothing_more_is_told(client, db, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    caches.settings = caches.configure_settings(None)
    response = client.get("/health/")
    assert (response.status_code, response.json()) == (503, {"database": True, "cache": False, "layer": True})


def test_a_layer_that_is_away_is_named(client, db, settings):
    settings.CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.core.RedisChannelLayer",
            "CONFIG": {"hosts": ["redis://127.0.0.1:1/0"]},
        }
    }
    response = client.get("/health/")
    assert (response.status_code, response.json()["layer"]) == (503, False)


def test_it_is_asked_without_https(db, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^health/$"]
    assert Client().get("/health/").status_code == 200


def test_it_changes_nothing(client, db):
    assert client.post("/health/").status_code == 405
