"""Pages need the doorkeeper, who says who asks; and a cheap password hash."""

from typing import Any

import pytest

from tests.cases.hotline.make import Hotline, hotline_county


@pytest.fixture(autouse=True)
def doorkeeper(settings: Any) -> None:
    name = "longzhong.register.access.pages.middleware.Doorkeeper"
    if name not in settings.MIDDLEWARE:
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, name]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def hotline(db: None) -> Hotline:
    return hotline_county()
