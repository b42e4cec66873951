"""For every test: static files by their plain names, so that pages render without `collectstatic`; passwords hashed fast, since
how slow a hash must be is Django's business.
"""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import override_settings

from longzhong.kit import clock


@pytest.fixture(scope="session", autouse=True)
def plain_files_and_quick_hashes() -> Iterator[None]:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    quick = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}, PASSWORD_HASHERS=quick):
        yield


@pytest.fixture(autouse=True)
def _no_county_time_from_another_test() -> None:
    """The county's clock row is kept a second by the process; a row that was rolled back must not be."""
    clock.forget()
