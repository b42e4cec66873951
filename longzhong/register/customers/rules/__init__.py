"""The rules of customers: pure Python, no database, no clock."""
