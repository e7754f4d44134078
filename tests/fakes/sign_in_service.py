"""A sign-in service as an authority has one: OpenID Connect on this machine, with signed tokens and PKCE."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "desk", "only-for-tests-of-the-desk-and-long-enough"


@dataclass
class Service:
    """What the service says of the person who signs in there, and what it was asked."""

    url: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    sign_with: rsa.RSAPrivateKey | None = None  # another key than the one that is published

    def authorise(self, query: dict[str, str]) -> str:
        """The person agrees: back to the desk with a code."""
        code = f"code-{len(self.codes)}"
        self.codes[code] = query
        return query["redirect_uri"] + "?" + urlencode({"code": code, "state": query["state"]})

    def token(self, form: dict[str, str], basic: str) -> tuple[int, dict[str, Any]]:
        """The desk changes the code for a token."""
        asked = self.codes.pop(form.get("code", ""), None)
        given = base64.b64decode(basic.removeprefix("Basic ")).decode() if basic else ""
        known = given == f"{CLIENT}:{SECRET}" or (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)
        if asked is None or not known:
            return 400, {"error": "invalid_grant"}
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, **self.claims}
        if "nonce" in asked:
            claims["nonce"] = asked["nonce"]
        signed = jwt.encode(claims, self.sign_with or self.key, algorithm="RS256", headers={"kid": "one"})
        return 200, {"access_token": "opaque", "token_type": "Bearer", "expires_in": 300, "id_token": signed}

    def answer(self, path: str) -> tuple[int, dict[str, Any]]:
        """What the service publishes."""
        if path == "/.well-known/openid-configuration":
            names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo"}
            pages = {name: f"{self.url}/{page}" for name, page in names.items()}
            return 200, {"issuer": self.url, "jwks_uri": f"{self.url}/jwks", **pages}
        if path == "/jwks":
            published = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
            return 200, {"keys": [{**published, "kid": "one", "use": "sig", "alg": "RS256"}]}
        return (200, self.claims) if path == "/userinfo" else (404, {})


@contextmanager
def sign_in_service() -> Iterator[Service]:
    """Run the service on a free port."""
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                self.send_response(302)
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                self.send_header("Location", service.authorise(query))
                self.end_headers()
                return
            self.write(*service.answer(parts.path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self.write(*service.token(form, self.headers.get("Authorization", "")))

        def write(self, status: int, body: dict[str, Any]) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
