"""A QR code as an SVG that a phone reads from a printed board."""

import io

import segno


def qr_svg(text: str) -> bytes:
    """Error correction M, a quiet zone of four modules; black on white whatever the page's theme."""
    out = io.BytesIO()
    segno.make_qr(text, error="m").save(
        out, kind="svg", scale=8, border=4, dark="#000", light="#fff", xmldecl=True, svgns=True, nl=False
    )
    return out.getvalue()
