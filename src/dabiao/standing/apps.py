from django.apps import AppConfig


class StandingConfig(AppConfig):
    name = "dabiao.standing"
    label = "standing"
    verbose_name = "资格状况"
