from django.apps import AppConfig


class CreationConfig(AppConfig):
    name = "dabiao.creation"
    label = "creation"
    verbose_name = "创建"
