"""统一社会信用代码 (GB 32100): 18 characters, the last a check digit. Any region code is legal here."""

import unicodedata
from typing import Final

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength, ValidationError

LENGTH: Final = 18


def clean(text: str) -> str:
    """As typed or pasted -> as compared: half-width, upper case, without spaces and invisible characters."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(char for char in plain if char.isalnum())


def fault(code: str) -> str:
    """What is wrong with a cleaned code and what to do; empty if nothing."""
    try:
        uscc.validate(code)
    except InvalidLength:
        return f"统一社会信用代码应为 {LENGTH} 位，现为 {len(code)} 位；请核对营业执照。"
    except InvalidChecksum:
        return f"统一社会信用代码“{code}”校验位不符，应为 {uscc.calc_check_digit(code)}；请核对营业执照。"
    except InvalidFormat:
        return f"统一社会信用代码“{code}”含有不允许的字符（不使用字母 I、O、S、V、Z）；请核对营业执照。"
    except ValidationError:
        return f"统一社会信用代码“{code}”不符合编码规则；请核对营业执照。"
    return ""


def complete(first: str) -> str:
    """The 17 leading characters with their check digit."""
    return first + str(uscc.calc_check_digit(first))
