"""Passwords are hashed fast here; how slow a hash must be is Django's business."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def quick_hashes(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def doorkeeper(settings: Any) -> None:
    name = "longzhong.register.access.pages.middleware.Doorkeeper"
    if name not in settings.MIDDLEWARE:
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, name]
