"""The API, version 1: what it holds, how it answers errors, its own document."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.renderers import BaseRenderer

from dabiao.api import sheets
from dabiao.kernel.errors import DabiaoError
from dabiao.look.addresses import EVERYBODY, Request, address

PREFIX = "/api/v1/"


class Renderer(BaseRenderer):
    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data)


api = NinjaAPI(
    title="达标接口",
    version="1",
    description="企业安全生产标准化信息系统的对外接口。分值为十进制字符串，时刻为 ISO 8601。",
    docs_url=None,
    openapi_url=None,
    renderer=Renderer(),
    urls_namespace="api-v1",
)
api.add_router("", sheets.router)


@api.exception_handler(DabiaoError)
def refused(request: HttpRequest, error: DabiaoError) -> HttpResponse:
    """Our errors keep their words and their status."""
    return api.create_response(request, {"text": error.text, "clause": error.clause}, status=error.status)


@address("任何人可以读取接口说明", EVERYBODY)
def document(request: Request) -> HttpResponse:
    """OpenAPI 3.1."""
    schema = api.get_openapi_schema(path_prefix=PREFIX)
    return HttpResponse(orjson.dumps(schema, option=orjson.OPT_NON_STR_KEYS), content_type="application/json")
