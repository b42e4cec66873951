"""A repair is proved only by clean days under comparable load."""

from datetime import date

import pytest

from longzhong.cases.alerts.rules import Conclusion, DayProof, Measured, ProofLimits, conclude, proof_of_day

LIMITS = ProofLimits(clean_days=2, load_share=0.8, unproven_days=4)
DAY = date(2026, 3, 2)
C, A, U, L = DayProof.CLEAN, DayProof.ABNORMAL, DayProof.UNDETERMINED, DayProof.LIGHT_LOAD


@pytest.mark.parametrize(
    ("verdict", "load_kw", "base_kw", "proof"),
    [
        pytest.param("normal", 80.0, 100.0, C, id="clean at exactly the share"),
        pytest.param("normal", 79.9, 100.0, L, id="clean but mild weather"),
        pytest.param("normal", None, 100.0, U, id="load not measured"),
        pytest.param("normal", None, None, C, id="a meter's own fault needs no load"),
        pytest.param("undetermined", 100.0, 100.0, U, id="a gap proves nothing"),
        pytest.param("abnormal", 10.0, 100.0, A, id="abnormal even at light load"),
        pytest.param("unjudged", 100.0, 100.0, U, id="not judged at all"),
    ],
)
def test_what_one_day_proves(verdict: str, load_kw: float | None, base_kw: float | None, proof: DayProof) -> None:
    assert proof_of_day(Measured(DAY, verdict, load_kw), base_kw, LIMITS) is proof


@pytest.mark.parametrize(
    ("days", "conclusion"),
    [
        pytest.param([], Conclusion.WAIT, id="nothing yet"),
        pytest.param([C], Conclusion.WAIT, id="one clean day of two"),
        pytest.param([C, U, C], Conclusion.VERIFIED, id="a gap in between doesn't count, for or against"),
        pytest.param([C, A], Conclusion.FAILED, id="abnormal again"),
        pytest.param([L, L, L], Conclusion.WAIT, id="three mild days"),
        pytest.param([L, L, L, L], Conclusion.UNPROVEN, id="mild to the end: a person decides"),
        pytest.param([U, L, C, U], Conclusion.UNPROVEN, id="one clean day is not enough"),
        pytest.param([U, L, C, C], Conclusion.VERIFIED, id="proved on the last day"),
    ],
)
def test_the_conclusion_from_the_days(days: list[DayProof], conclusion: Conclusion) -> None:
    assert conclude(days, LIMITS) is conclusion
