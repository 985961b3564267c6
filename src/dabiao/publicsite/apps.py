from django.apps import AppConfig


class PublicsiteConfig(AppConfig):
    name = "dabiao.publicsite"
    label = "publicsite"
    verbose_name = "公众网站"
