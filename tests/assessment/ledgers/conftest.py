from tests.cases.conftest import hotline

__all__ = ["hotline"]
