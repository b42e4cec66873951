"""The county of the hotline, which most rooms of this floor begin with."""

import pytest

from tests.cases.hotline.make import Hotline, hotline_county


@pytest.fixture
def hotline(db: None) -> Hotline:
    return hotline_county()
