"""The gate's one address, in the porch zone."""

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from engawa.courier import gate
from engawa.kernel.doors import open_page


@csrf_exempt
@open_page("the office's courier proves itself by its key; anybody else finds nothing here")
def at_the_gate(request: HttpRequest) -> HttpResponse:
    sealed = request.read(gate.LARGEST_CALL_BYTES) if request.method == "POST" else b""
    try:
        answer = gate.answer(sealed)
    except (OperationalError, InterfaceError):
        return HttpResponse(status=503)
    if answer is None:
        raise Http404
    return HttpResponse(answer, content_type="application/octet-stream")
