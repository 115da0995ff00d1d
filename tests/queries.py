"""Counting queries, the same way everywhere."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(client, address: str) -> int:
    """How many queries a page takes once what is cached is in the cache."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)
