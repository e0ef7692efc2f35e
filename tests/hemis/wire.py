"""Requests and answers: an HTTP/1.1 server over TLS whose answers faults may spoil on their way out."""
import hashlib
import json
import socket
import socketserver
import ssl
import threading
import time
import urllib.parse
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LONGEST_BODY = 1 << 20
PATIENCE = 60  # seconds for a connection on which nothing is asked

# S1; the text of 401 alone is the vendor's
ERRORS = {400: "Bad request.", 401: "Your request was made with invalid credentials.", 403: "You are not allowed to perform this action.",
          404: "Data not found.", 405: "Method not allowed.", 429: "Rate limit exceeded."}


class Request:
    def __init__(self, handler, body):
        path, _, query = handler.path.partition("?")
        self.method, self.path = handler.command, path
        self.query = {key: values[-1] for key, values in urllib.parse.parse_qs(query, keep_blank_values=True).items()}
        self.headers, self.address, self.body = handler.headers, handler.client_address[0], body
        self.student = None  # whose token it came with
        self.base = "https://" + (handler.headers.get("Host") or "localhost:%d" % handler.server.server_address[1])

    def fields(self):
        """The body's members: JSON, or a form."""
        if self.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded"):
            return {key: values[-1] for key, values in urllib.parse.parse_qs(self.body.decode("utf-8", "replace")).items()}
        try:
            fields = json.loads(self.body or b"{}")
        except ValueError:
            return {}
        return fields if isinstance(fields, dict) else {}

    def bearer(self):
        kind, _, token = self.headers.get("Authorization", "").partition(" ")
        return token.strip() if kind == "Bearer" else ""


class Reply:
    """payload: what becomes JSON; or raw bytes of a type of their own."""

    def __init__(self, payload=None, status=200, headers=None, raw=None, kind="application/json; charset=UTF-8", modified=None):
        self.payload, self.status, self.headers, self.raw, self.kind = payload, status, dict(headers or {}), raw, kind
        self.modified = modified  # unix seconds: may be asked for conditionally
        self.act = None  # of faults: what becomes of it on the way (faults.py)

    def body(self):
        return self.raw if self.raw is not None else json.dumps(self.payload, ensure_ascii=False).encode()


def ok(data, **more):
    return Reply({"success": True, "error": None, "data": data, "code": 200}, **more)


def failed(code, text=None, status=None):
    return Reply({"success": False, "error": text or ERRORS.get(code, "Error."), "data": None, "code": code}, status=status or code)


class Broken(Exception):
    """The connection ends here."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "nginx", ""
    timeout = PATIENCE
    disable_nagle_algorithm = True

    def log_message(self, *_):  # the world keeps a log of its own
        pass

    def do_GET(self):
        try:
            self.answer()
        except (Broken, OSError, ssl.SSLError):
            self.close_connection = True

    do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_GET

    def do_HEAD(self):
        self.do_GET()

    def answer(self):
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > LONGEST_BODY:
            self.close_connection = True
            self.send(Reply(status=413, raw=b"", kind="text/plain"))
            return
        request = Request(self, self.rfile.read(int(length)))
        reply = self.server.world.answer(request, self.connection)
        self.conditional(request, reply)
        self.server.world.note(request, reply)
        self.send(reply)

    def conditional(self, request, reply):
        """S1: many student GETs have Etag and Last-Modified."""
        if reply.modified is None or reply.status != 200 or reply.act:
            return
        tag = '"%s"' % hashlib.sha256(reply.body()).hexdigest()[:32]
        reply.headers["Etag"] = tag
        reply.headers["Last-Modified"] = formatdate(reply.modified, usegmt=True)
        if request.headers.get("If-None-Match") == tag:
            reply.status, reply.raw, reply.kind = 304, b"", None

    def send(self, reply):
        body = reply.body()
        act = reply.act or {}
        head = ["HTTP/1.1 %d %s" % (reply.status, self.responses.get(reply.status, ("Said",))[0]), "Server: " + self.server_version,
                "Date: " + formatdate(self.server.world.clock.now(), usegmt=True)]
        if reply.status != 304:
            head.append("Content-Length: %d" % (act.get("length") or len(body)))
        if reply.kind:
            head.append("Content-Type: " + reply.kind)
        head += ["%s: %s" % pair for pair in reply.headers.items()]
        if self.close_connection:
            head.append("Connection: close")
        bytes_out = ("\r\n".join(head) + "\r\n\r\n").encode("latin-1", "replace") + (b"" if self.command == "HEAD" else body)
        if "drip" in act:
            for byte in bytes_out:
                self.connection.sendall(bytes([byte]))
                time.sleep(act["drip"])
        else:
            self.connection.sendall(bytes_out)
        if "length" in act:
            raise Broken()


class Server(ThreadingHTTPServer):
    """Each connection's handshake runs in its own thread, with the certificate that is wanted by then."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address, world, contexts):
        self.world, self.contexts = world, contexts
        super().__init__(address, Handler)

    def server_bind(self):  # without a look-up of our own name
        socketserver.TCPServer.server_bind(self)

    def finish_request(self, request, client_address):
        fault = self.world.faults.connection()
        if fault == "refuse":
            return
        request.settimeout(PATIENCE)
        try:
            wrapped = self.contexts[fault or "right"].wrap_socket(request, server_side=True)
        except (OSError, ssl.SSLError):
            self.world.count("handshakes that failed")
            return
        self.world.count("connections")
        try:
            Handler(wrapped, client_address, self)
        except (OSError, ssl.SSLError):
            pass
        finally:
            try:
                wrapped.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            wrapped.close()

    def handle_error(self, request, client_address):
        self.world.wrong()


def start(server):
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    return thread
