from typing import Any

import pytest

from tests.assessment.reliability.make import Place, a_place


@pytest.fixture
def place(settings: Any) -> Place:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return a_place()
