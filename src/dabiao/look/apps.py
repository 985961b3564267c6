from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "dabiao.look"
    label = "look"
    verbose_name = "外观"
