from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "dabiao.standards"
    label = "standards"
    verbose_name = "标准"
