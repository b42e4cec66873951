"""Rules of reading a table: cells, numbers, moments, columns, layout and the recipes. Pure Python on rows; files are
the engines'.
"""
