"""The page /docs: the doors of the API in Japanese, made from its OpenAPI description, without anything from the net."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

STYLE = (
    "body{font:16px/1.7 'Noto Sans JP','Noto Sans CJK JP','Hiragino Sans','Yu Gothic UI',Meiryo,sans-serif;max-width:52rem;"
    "margin:2rem auto;padding:0 1rem;color:#1d2b2a}code{background:#f3f6f5;padding:.1em .35em;border-radius:4px}"
    "h2{margin-top:2rem;font-size:1.1rem}table{border-collapse:collapse}td,th{border:1px solid #ccd5d3;padding:.25rem .6rem;"
    "text-align:left}"
)


def docs_page(openapi: dict[str, Any]) -> str:
    """The HTML page for an OpenAPI description."""
    info = openapi["info"]
    head = f"<h1>{escape(info['title'])}</h1><p>{escape(info.get('description', ''))}</p>"
    more = '<p>プログラム向けの定義: <a href="/openapi.json">/openapi.json</a>　誤りは application/problem+json で返ります。</p>'
    parts = "".join(_operations(openapi))
    return (
        f'<!doctype html><html lang="ja"><meta charset="utf-8"><title>{escape(info["title"])}</title>'
        f"<style>{STYLE}</style><body>{head}{more}{parts}</body></html>"
    )


def _operations(openapi: dict[str, Any]) -> Iterator[str]:
    for path, methods in openapi["paths"].items():
        for method, operation in methods.items():
            yield f"<h2><code>{method.upper()} {escape(path)}</code>　{escape(operation.get('summary', ''))}</h2>"
            fields = [*_parameters(operation), *_body_fields(openapi, operation)]
            if fields:
                rows = "".join(f"<tr><td><code>{escape(n)}</code></td><td>{escape(t)}</td></tr>" for n, t in fields)
                yield f"<table><tr><th>項目</th><th>説明</th></tr>{rows}</table>"


def _parameters(operation: dict[str, Any]) -> Iterator[tuple[str, str]]:
    words = {"path": "アドレスの一部", "query": "アドレスの ? の後", "header": "ヘッダー"}
    for parameter in operation.get("parameters", ()):
        yield parameter["name"], words.get(parameter["in"], parameter["in"])


def _body_fields(openapi: dict[str, Any], operation: dict[str, Any]) -> Iterator[tuple[str, str]]:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    name = content.get("schema", {}).get("$ref", "").rsplit("/", 1)[-1]
    schema = openapi.get("components", {}).get("schemas", {}).get(name, {})
    required = schema.get("required", ())
    for field, described in schema.get("properties", {}).items():
        yield field, described.get("description", "") + ("（必須）" if field in required else "")
