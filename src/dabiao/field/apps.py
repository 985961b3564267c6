from django.apps import AppConfig


class FieldConfig(AppConfig):
    name = "dabiao.field"
    label = "field"
    verbose_name = "现场"
