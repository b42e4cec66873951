"""Pages need the doorkeeper, who says who asks."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def doorkeeper(settings: Any) -> None:
    name = "longzhong.register.access.pages.middleware.Doorkeeper"
    if name not in settings.MIDDLEWARE:
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, name]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
