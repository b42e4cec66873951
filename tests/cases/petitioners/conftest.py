"""A county with a hotline, its clock held at a Monday morning."""

from collections.abc import Iterator

import pytest

from longzhong.kit import clock
from tests.cases.hotline.make import Hotline, hotline_county
from tests.dispatch.make import MORNING


@pytest.fixture(autouse=True)
def _quick() -> Iterator[None]:
    with clock.frozen(MORNING):
        yield


@pytest.fixture
def county(db: None) -> Hotline:
    return hotline_county()
