"""One kind of 'no': a refusal with a stable code for programs and a sentence for people."""


class Refused(Exception):
    """A service declines; nothing was changed.

    `code` is snake_case, stable and tested; `message` says what happened, what was kept and what to do (Chinese, translated);
    `facts` are the values that the message names, for programs.
    """

    def __init__(self, code: str, message: str, **facts: object) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"
