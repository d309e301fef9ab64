"""The limit: an epoll loop of bound `socket.send` over sockets that know the handshake and nothing else."""

import base64
import hashlib
import re
import select
import socket
import sys

from tests.bench.fanout.payload import document, payload, server_frame

KEY = re.compile(rb"Sec-WebSocket-Key: (\S+)", re.IGNORECASE)
MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def accept(listener: socket.socket) -> socket.socket:
    one, _address = listener.accept()
    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    request = b""
    while b"\r\n\r\n" not in request:
        request += one.recv(4096)
    match = KEY.search(request)
    assert match
    answer = base64.b64encode(hashlib.sha1(match[1] + MAGIC).digest())
    one.sendall(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
        + answer
        + b"\r\n\r\n"
    )
    one.setblocking(False)
    return one


def main() -> None:
    listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
    print(listener.getsockname()[1], flush=True)
    poll = select.epoll()
    poll.register(listener, select.EPOLLIN)
    poll.register(sys.stdin, select.EPOLLIN)
    sockets: dict[int, socket.socket] = {}
    sends = []
    while True:
        for fd, _event in poll.poll():
            if fd == listener.fileno():
                one = accept(listener)
                sockets[one.fileno()] = one
                sends.append(one.send)
                poll.register(one, select.EPOLLRDHUP)
            elif fd in sockets:
                sockets.pop(fd).close()
                sends = [one.send for one in sockets.values()]
            elif fd == sys.stdin.fileno():
                line, told = sys.stdin.readline(), document()
                if not line:
                    return
                if line == "all\n":
                    frame = server_frame(payload(told))
                    for send in sends:
                        send(frame)
                else:
                    for place, send in enumerate(sends):
                        send(server_frame(payload(told | {"for": place})))


if __name__ == "__main__":
    main()
