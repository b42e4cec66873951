import pytest

from tests.dispatch.make import County, a_county


@pytest.fixture
def county(db: None) -> County:
    return a_county()
