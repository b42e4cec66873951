"""Longzhong (隆中): prevent complaints about electricity service, and handle to the end those that come."""
