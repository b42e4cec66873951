"""Everything a page needs: the door, the answer, lists, parts and charts. One import: `from longzhong.kit import web`."""

from longzhong.kit.actor import Actor
from longzhong.kit.web.charts import Layer, Limit, Line, Shade, bar_chart, curve_chart, line_chart, map_chart
from longzhong.kit.web.columns import Column, Filter, in_month
from longzhong.kit.web.door import SCOPE_KEY, act, actor, narrow, page, whole_actor
from longzhong.kit.web.fields import EVIDENCE, FilesField, PhotosField
from longzhong.kit.web.listing import Listing, listing
from longzhong.kit.web.parts import Badge, Bar, Entry, Fact, MoveForm, Progress, Stage, StageCount, Tab, Tile, Tone
from longzhong.kit.web.show import fragment, show

__all__ = [
    "EVIDENCE",
    "SCOPE_KEY",
    "Actor",
    "Badge",
    "Bar",
    "Column",
    "Entry",
    "Fact",
    "FilesField",
    "Filter",
    "Layer",
    "Limit",
    "Line",
    "Listing",
    "MoveForm",
    "PhotosField",
    "Progress",
    "Shade",
    "Stage",
    "StageCount",
    "Tab",
    "Tile",
    "Tone",
    "act",
    "actor",
    "bar_chart",
    "curve_chart",
    "fragment",
    "in_month",
    "line_chart",
    "listing",
    "map_chart",
    "narrow",
    "page",
    "show",
    "whole_actor",
]
