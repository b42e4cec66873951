from tests.cases.hotline.conftest import doorkeeper, hotline

__all__ = ["doorkeeper", "hotline"]
