import pytest

from tests.assessment.reliability.make import Place, a_place


@pytest.fixture
def place() -> Place:
    return a_place()
