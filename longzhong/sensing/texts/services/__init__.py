"""Teach lessons, train models, forget lessons."""

from longzhong.sensing.texts.services.teaching import forget, teach
from longzhong.sensing.texts.services.training import TRAINERS, train

__all__ = ["TRAINERS", "forget", "teach", "train"]
