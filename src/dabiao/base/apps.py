from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "dabiao.base"
    label = "base"
    verbose_name = "基础"
