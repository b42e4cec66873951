"""What may be done with explanation sheets: explain, and keep what the customer says of it."""

from longzhong.cases.explanations.services.answering import answer
from longzhong.cases.explanations.services.explaining import Asked, explain

__all__ = ["Asked", "answer", "explain"]
