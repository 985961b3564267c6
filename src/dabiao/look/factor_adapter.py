"""What we tell the library about second factors: our words, our name, secrets encrypted at rest."""

import base64
import hashlib
from functools import cached_property
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.utils.translation import gettext_lazy as _

PURPOSE = b"dabiao second factor"


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("验证码不对或已用过。请等验证器显示下一个 6 位数字后再输入；手机时间要准确。"),
    }

    def get_totp_issuer(self) -> str:
        return "达标"

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nobody has a mail address here; the journal and the account page tell."""

    @cached_property
    def _box(self) -> Fernet:
        key = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=PURPOSE[:16]).digest()
        return Fernet(base64.urlsafe_b64encode(key))

    def encrypt(self, text: str) -> str:
        return self._box.encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return self._box.decrypt(encrypted_text.encode()).decode()
