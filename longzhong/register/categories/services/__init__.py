"""Load the shipped tree; add, rename and retire categories; map other systems' codes."""

from longzhong.register.categories.services.changing import KEEPERS, Draft, add_category, rename, retire
from longzhong.register.categories.services.loading import Loaded, keep_categories
from longzhong.register.categories.services.mapping import map_external, unmap

__all__ = [
    "KEEPERS",
    "Draft",
    "Loaded",
    "add_category",
    "keep_categories",
    "map_external",
    "rename",
    "retire",
    "unmap",
]
