"""Traces of a server by OpenTelemetry, sent by OTLP over HTTP to a collector that the house named.

Needs the extra ``telemetry``. Without an address nothing is imported and nothing is sent. Spans
carry what a happening says: routes, jobs, detectors, seconds; their texts are without secrets.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hoshimori.errors import SettingsError
from hoshimori.formats.log_lines import without_secrets
from hoshimori.model.happenings import Happening

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SpanExporter
    from opentelemetry.trace import Span

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_PATH = "/v1/traces"
_FLUSH_MS = 2_000


class Telemetry:
    """Turns happenings into spans; threads may share it."""

    def __init__(self, provider: TracerProvider, secrets: Collection[str]) -> None:
        self._provider = provider
        self._tracer = provider.get_tracer("hoshimori")
        self._secrets = secrets

    def witness(self, happening: Happening) -> None:
        """Keep a happening with its parts as spans, to be sent in the background."""
        self._span(happening, None)

    def close(self) -> None:
        """Send what waits, for two seconds at most."""
        self._provider.force_flush(_FLUSH_MS)
        self._provider.shutdown()

    def _span(self, happening: Happening, within: Span | None) -> None:
        from opentelemetry import trace  # noqa: PLC0415 - an extra

        context = trace.set_span_in_context(within) if within is not None else None
        span = self._tracer.start_span(
            f"{happening.what} {happening.about}",
            context=context,
            start_time=_ns(happening.begun_utc),
        )
        for key, value in happening.details.items():
            told = without_secrets(value, self._secrets) if isinstance(value, str) else value
            span.set_attribute(f"hoshimori.{key}", told)
        if happening.outcome:
            span.set_attribute("hoshimori.outcome", happening.outcome)
        if happening.problem:
            told = without_secrets(happening.problem, self._secrets)
            span.set_status(trace.StatusCode.ERROR, told)
        for part in happening.parts:
            self._span(part, span)
        span.end(end_time=_ns(happening.ended_utc))


def telemetry_to(
    address: str,
    *,
    version: str,
    secrets: Collection[str] = (),
    exporter: Callable[[str], SpanExporter] | None = None,
) -> Telemetry:
    """Return what sends traces to the collector at an address.

    Raises:
        SettingsError: the address is none that can be trusted, or the extra is not installed.
    """
    endpoint = _endpoint(address)
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415
            OTLPSpanExporter,
        )
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 - an extra
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    except ImportError:
        raise SettingsError(
            "--telemetry needs the extra `telemetry`: pip install hoshimori[telemetry]"
        ) from None
    # Resource() alone: Resource.create would look at the machine and its environment.
    resource = Resource({"service.name": "hoshimori", "service.version": version})
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    made = exporter(endpoint) if exporter is not None else OTLPSpanExporter(endpoint=endpoint)
    provider.add_span_processor(BatchSpanProcessor(made))
    return Telemetry(provider, secrets)


def _endpoint(address: str) -> str:
    """Return where traces are sent; over the network only by TLS."""
    parts = urlsplit(address)
    is_here = parts.hostname in _LOOPBACK
    if parts.scheme not in ("http", "https") or (parts.scheme == "http" and not is_here):
        raise SettingsError(
            "--telemetry: expected the address of a collector on this machine, or one by https"
        )
    if parts.username is not None or parts.password is not None:
        raise SettingsError(
            "--telemetry: no password in the address; use OTEL_EXPORTER_OTLP_HEADERS"
        )
    return address if parts.path.strip("/") else f"{address.rstrip('/')}{_PATH}"


def _ns(moment: datetime) -> int:
    return round(moment.timestamp() * 1e6) * 1_000
