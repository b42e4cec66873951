from longzhong.cases.closures.models.closures import Closure, ClosurePaper
from longzhong.cases.closures.models.projects import Household, Project
from longzhong.cases.closures.models.tellings import Telling, ToldAgain

__all__ = ["Closure", "ClosurePaper", "Household", "Project", "Telling", "ToldAgain"]
