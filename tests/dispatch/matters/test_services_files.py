"""Files: known by their bytes, stripped of what the camera wrote, served through the noun's door only."""

import io

import pytest
from PIL import Image

from longzhong.dispatch.matters import selectors, services
from longzhong.dispatch.matters.engines import files, photos
from longzhong.dispatch.matters.rules import label_of, noun_of, register_noun
from longzhong.dispatch.matters.services import Upload
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from tests.dispatch.make import MORNING, SYSTEM
from tests.dispatch.matters.pictures import jpeg

M = "tests.photo:1"
register_noun("tests.photo", door=lambda actor, number: actor.system and number == 1, title=str, url=str)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_position_is_read_and_stripped(form: str) -> None:
    content = jpeg(lat=-32.5, lon=112.25, size=(3000, 2000), form=form)
    seen = photos.look(content)
    assert (seen.lat, seen.lon) == (-32.5, 112.25)
    assert (seen.width, seen.height) == (3000, 2000)
    assert f"{seen.taken_at:%Y-%m-%d %H:%M:%S %z}" == "2026-03-02 09:10:11 +0800"
    served = Image.open(io.BytesIO(seen.served))
    assert max(served.size) == 1920
    assert not dict(served.getexif())
    assert b"SecretPhone" not in seen.served


REFUSED = [
    ("nothing", b"", "file_unreadable"),
    ("a text named jpg", b"hello", "file_unreadable"),
    ("half a photo", jpeg(size=(800, 800))[:300], "file_unreadable"),
    ("a page", b"<html><script>alert(1)</script>", "file_unreadable"),
    ("a gif", b"GIF89a" + b"0" * 50, "file_unreadable"),
    ("an Apple photo", b"\0\0\0\x18ftypheic" + b"\0" * 60, "photo_heic"),
    ("too much", b"\xff\xd8" + b"0" * (photos.MAX_BYTES + 1), "file_too_large"),
]


@pytest.mark.parametrize(("content", "code"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused, match=code):
        photos.look(content)


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "MAX_PIXELS", 1000)
    with pytest.raises(Refused, match="photo_too_large"):
        photos.look(jpeg())


def test_a_pdf_is_kept_as_it_is() -> None:
    assert photos.look(b"%PDF-1.7 ...").mime == "application/pdf"


@pytest.mark.django_db
def test_a_file_is_served_through_its_nouns_door_only() -> None:
    row = services.attach(matter=M, upload=Upload("photo", "a.jpg", jpeg(lat=1, lon=2)), note="", by=SYSTEM, at=MORNING)
    served = selectors.served_file(SYSTEM, row.pk)
    assert served.mime == "image/jpeg"
    assert b"SecretPhone" not in served.content
    assert b"SecretPhone" in selectors.served_file(SYSTEM, row.pk, original=True).content
    assert files.is_whole(row.sha256)
    stranger = Actor(user_id=1, staff_id=1, name="x")
    for actor, number in ((stranger, row.pk), (SYSTEM, row.pk + 1)):
        with pytest.raises(Refused, match="not_found"):
            selectors.served_file(actor, number)
    with pytest.raises(Refused, match="not_found"):
        selectors.timeline(M, reader=stranger)
    files.drop(row.served_sha256)
    with pytest.raises(Refused, match="file_gone"):
        selectors.served_file(SYSTEM, row.pk)


def test_labels() -> None:
    assert label_of("tests.photo", 7) == "tests.photo:7"
    assert noun_of("tests.photo:7")[1] == 7
    for label in ("nobody.knows:1", "tests.photo:x", "tests.photo"):
        with pytest.raises(Refused, match="matter_unknown"):
            noun_of(label)


def test_the_folder_takes_digests_only() -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        files.get("../../etc/passwd")


@pytest.mark.parametrize(
    ("content", "mime"),
    [
        (b"#!AMR\n" + b"0" * 40, "audio/amr"),
        (b"ID3\x04" + b"0" * 40, "audio/mpeg"),
        (b"\xff\xfb\x90\x00" + b"0" * 40, "audio/mpeg"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt " + b"0" * 40, "audio/wav"),
        (b"\x00\x00\x00\x20ftypM4A " + b"0" * 40, "audio/mp4"),
        (b"\x00\x00\x00\x20ftypisom" + b"0" * 40, "video/mp4"),
    ],
)
def test_a_recording_is_kept_as_it_is(content: bytes, mime: str) -> None:
    """录音录像 as evidence: known by its bytes, not by its name."""
    assert photos.look(content) == photos.Look(mime, content)


def test_a_jpeg_isnt_taken_for_a_bare_mp3() -> None:
    assert photos.look(jpeg()).mime == "image/jpeg"


def test_a_photo_isnt_a_recording() -> None:
    with pytest.raises(Refused, match="file_unreadable"):
        photos.look(b"#!AMR\n" + b"0" * 40, recordings=False)


@pytest.mark.django_db
def test_what_is_said_keeps_its_files_and_tells_where_the_matter_went() -> None:
    before = services.keep_file(matter=M, upload=Upload("photo", "先.jpg", jpeg()), by=SYSTEM, at=MORNING)
    said = services.Said(
        {"code": "x"}, {"reason": "下雨"}, (Upload("photo", "后.jpg", jpeg(size=(40, 30))),), (before.pk,)
    )
    moved = said.moved("open", "closed", {"reply": "met"})
    step = services.say(matter=M, verb="close", said=moved, by=SYSTEM, at=MORNING)
    assert step.data == {"code": "x", "from": "open", "to": "closed", "clocks": {"reply": "met"}}
    assert said.moved("open", "closed", {}).data == {"code": "x", "from": "open", "to": "closed"}
    line = selectors.steps(M)[0]
    assert line.words["reason"] == "下雨"
    assert {one.name for one in line.files} == {"先.jpg", "后.jpg"}
