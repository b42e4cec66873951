import pytest

from tests.cases.disconnections.make import town
from tests.cases.hotline.make import Hotline


@pytest.fixture
def here() -> Hotline:
    return town()
