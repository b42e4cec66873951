"""Form fields that Django lacks: several files at once."""

from typing import Any

from django import forms

PHOTOS = "image/jpeg,image/png,image/webp"
PAPERS = f"{PHOTOS},application/pdf"
EVIDENCE = f"{PAPERS},audio/*,video/mp4"


class _Many(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, cleaned to a list (empty if none); what may be chosen is a hint, the bytes decide on arrival.

    `camera`: on a phone the camera opens instead of the gallery.
    """

    def __init__(self, *, accept: str = PAPERS, camera: bool = False, **more: Any) -> None:
        hints = {"accept": accept, "multiple": True, **({"capture": "environment"} if camera else {})}
        super().__init__(widget=_Many(attrs=hints), **more)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files and self.required:
            super().clean(None, initial)  # says that one is needed
        return [super(FilesField, self).clean(file, initial) for file in files]


class PhotosField(FilesField):
    """Several photos from the phone's camera."""

    def __init__(self, **more: Any) -> None:
        super().__init__(accept=PHOTOS, camera=True, **more)
