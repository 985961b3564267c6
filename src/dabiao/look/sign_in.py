"""The library's sign-in with our words: its form, its page, and nothing of signing up."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.views import LoginView
from django.utils.translation import gettext as _


class SignInForm(LoginForm):  # type: ignore[misc]
    """Login name and password. The session ends with the browser, so nothing is asked about remembering."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)
        for name, label in (("login", _("登录名")), ("password", _("密码"))):
            field = self.fields[name]
            field.label, field.help_text = label, ""
            field.error_messages = {
                **field.error_messages,
                "required": _("请填写%(label)s") % {"label": label},
            }
            field.widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs["autofocus"] = True


class SignInView(LoginView):  # type: ignore[misc]
    """Rate limits, rotation of the session and safe `next` are the library's."""

    template_name = "look/sign_in.html"
    form_class = SignInForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Without the library's links to signing up, which we do not have."""
        context: dict[str, Any] = super(LoginView, self).get_context_data(**kwargs)
        return context

    def render_to_response(self, context: Any, **response: Any) -> Any:
        status = 422 if context["form"].is_bound else 200
        return super().render_to_response(context, status=status, **response)


page = SignInView.as_view()
