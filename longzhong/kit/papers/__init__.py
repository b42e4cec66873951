"""Printed forms (表单): one description, two outputs. `pdf` for signing and keeping, `docx` for an office that goes on writing.

A paper is plain data; what a person typed is text and never markup. Nothing is read from the network or the system.
"""

from longzhong.kit.papers.paper import Block, Facts, Paper, Signature, Signatures, Table, Text
from longzhong.kit.papers.typesetting import NotPrinted, pdf, png
from longzhong.kit.papers.word import docx

__all__ = [
    "Block",
    "Facts",
    "NotPrinted",
    "Paper",
    "Signature",
    "Signatures",
    "Table",
    "Text",
    "docx",
    "pdf",
    "png",
]
