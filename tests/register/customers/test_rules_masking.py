"""Truth table of REFERENCE §8.2, tightened column."""

import pytest

from longzhong.register.customers.rules import masking


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("段正淳", "段**", id="three characters"),
        pytest.param("张三", "张*", id="two characters"),
        pytest.param("王", "*", id="one character shows nothing"),
        pytest.param("", "", id="empty"),
        pytest.param("  ", "", id="blanks"),
        pytest.param("欧阳锋", "欧**", id="compound surname"),
        pytest.param("司马相如", "司***", id="compound surname, four"),
        pytest.param("买买提·吐尔逊", "买**·***", id="minority name"),
        pytest.param("迪丽热巴•迪力木拉提", "迪***•*****", id="minority name, other dot"),
        pytest.param("John Smith", "J*** *****", id="foreign"),
        pytest.param("Anne-Marie  O'Neil", "A***-***** ******", id="foreign with signs and double blanks"),
        pytest.param("张三小吃店", "张****", id="a shop called after its owner is masked as a person"),
    ],
)
def test_a_name_shows_its_first_character(name: str, shown: str) -> None:
    assert masking.mask_name(name) == shown
    assert masking.mask_party(name) == shown


@pytest.mark.parametrize(
    "name", ["襄阳轴承股份有限公司", "檀溪小学", "襄城区人民医院", "庞公街道居委会", "中国农业银行襄城支行"]
)
def test_an_organisation_stays_readable(name: str) -> None:
    assert masking.mask_party(name) == name


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        pytest.param("18049531999", "180****1999", id="mobile"),
        pytest.param("09157518479", "0915*****79", id="landline"),
        pytest.param("0710351234", "0710****34", id="short landline"),
        pytest.param("95598", "***98", id="service number"),
        pytest.param("110", "***", id="too short"),
        pytest.param("4401632960123", "***********23", id="foreign"),
        pytest.param("", "", id="empty"),
    ],
)
def test_a_phone(phone: str, shown: str) -> None:
    assert masking.mask_phone(phone) == shown


def test_an_address_ends_at_the_estate() -> None:
    assert masking.mask_address("檀溪镇", "", "名仕家天下") == "檀溪镇名仕家天下****"
    assert masking.mask_address("尹集乡", "凤凰村", "", has_more=False) == "尹集乡凤凰村"


@pytest.mark.parametrize(
    ("code", "shown"),
    [("4200001234567", "*********4567"), ("12345678", "****5678"), ("1234567", "*******"), ("", "")],
)
def test_an_account_number_shows_four(code: str, shown: str) -> None:
    assert masking.mask_account_code(code) == shown


@pytest.mark.parametrize(
    ("email", "shown"),
    [
        ("duan@example.com", "d***@example.com"),
        ("d@example.com", "*@example.com"),
        ("@example.com", "@example.com"),
        ("not an address", "**************"),
        ("", ""),
    ],
)
def test_an_email(email: str, shown: str) -> None:
    assert masking.mask_email(email) == shown
