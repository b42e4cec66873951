"""What a text suggests, and the cards of the models."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema

from longzhong.kit import clock, web
from longzhong.sensing.texts import selectors
from longzhong.sensing.texts.models import TextModel

router = Router(tags=["texts"])


class TextIn(Schema):
    text: str


class GuessOut(Schema):
    category_id: int
    code: str
    label: str
    confidence: float


class SuggestionOut(Schema):
    top: list[GuessOut]
    sure: bool
    model: str


class ModelOut(Schema):
    version: int
    state: str
    trained_at: datetime
    trained_by: str
    lessons: int
    made_texts: int
    classes: int
    figures: dict[str, object]


@router.post("suggest", response=SuggestionOut)
def suggest(request: HttpRequest, said: TextIn) -> selectors.Suggestion:  # noqa: ARG001
    """The likeliest categories of a text; nothing is kept."""
    return selectors.suggest(said.text, clock.now())


@router.get("models", response=list[ModelOut])
def models(request: HttpRequest) -> list[TextModel]:
    """The cards of all models, newest first."""
    return list(selectors.cards(web.actor(request)))
