"""Masking of staff phones (脱敏), REFERENCE §8.2, F2: 180****1999, a landline 0915*****79."""

MOBILE_DIGITS = 11
LANDLINE_DIGITS = 10


def masked_phone(phone: str) -> str:
    """A phone number with its middle hidden; a short one is hidden whole, empty stays empty."""
    if phone.startswith("0") and len(phone) >= LANDLINE_DIGITS:
        return f"{phone[:4]}{'*' * (len(phone) - 6)}{phone[-2:]}"
    if len(phone) >= MOBILE_DIGITS:
        return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"
    return "*" * len(phone)
