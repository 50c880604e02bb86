"""What a set of machines needs beside it: the way in, and the power API.

usage: services.py SET_DIR --netns FILE --net PREFIX --first-port N --machine SCRIPT

Relay: one port of 127.0.0.1 for each machine leads to its ssh port inside the namespace. The listening sockets are
made in this machine's network, everything after that in the namespace: a socket stays where it was made.

Power API, inside the namespace only, PREFIX.254 port 7410, with `Authorization: Bearer TOKEN`:
  GET /status             one line "NODE on|off" for each machine
  GET /status/NODE        on or off
  POST /off|on|reboot/NODE
"""

import argparse
import asyncio
import ctypes
import hmac
import os
import pathlib
import signal
import socket
import sys

POWER_PORT = 7410
CONNECT_SECONDS = 5
CLONE_NEWNET = 0x40000000


def machines(set_dir):
    found = {}
    for number in sorted(set_dir.glob("*/number")):
        found[number.parent.name] = int(number.read_text())
    return found


def listen_somewhere(wanted, first):
    """A listening socket on the wanted port, or else on the first free one from `first` on."""
    for port in ([wanted] if wanted else []) + list(range(first, first + 1000)):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
            listener.listen(100)
            return listener
        except OSError:
            listener.close()
    sys.exit(f"no free port from {first} on")


def enter(netns):
    with open(netns) as namespace:
        if ctypes.CDLL(None, use_errno=True).setns(namespace.fileno(), CLONE_NEWNET):
            sys.exit(f"cannot enter {netns}: {os.strerror(ctypes.get_errno())}")


async def pump(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.write_eof()
    except OSError:
        writer.transport.abort()


def relay_to(address):
    async def relay(reader, writer):
        try:
            # A machine without power says nothing; a neighbour in the same network would know after some seconds.
            inner_reader, inner_writer = await asyncio.wait_for(asyncio.open_connection(address, 22), CONNECT_SECONDS)
        except (OSError, asyncio.TimeoutError):
            writer.transport.abort()
            return
        await asyncio.gather(pump(reader, inner_writer), pump(inner_reader, writer))
        inner_writer.close()
        writer.close()

    return relay


class PowerApi:
    def __init__(self, set_dir, script):
        self.set_dir, self.script = set_dir, script
        self.token = (set_dir / "token").read_text().strip()

    async def run(self, *arguments):
        process = await asyncio.create_subprocess_exec(
            self.script, *arguments, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE
        )
        out, _ = await process.communicate()
        return process.returncode, out.decode()

    async def answer(self, method, path, token):
        if not hmac.compare_digest(token.encode(), f"Bearer {self.token}".encode()):
            return 401, "wrong token\n"
        action, _, node = path.strip("/").partition("/")
        if node and node not in machines(self.set_dir):
            return 404, f"no machine {node}\n"
        if method == "GET" and action == "status":
            status, out = await self.run("power", *([node] if node else []))
            return (200, out) if status == 0 else (500, "failed\n")
        if method == "POST" and node and action in ("off", "on", "reboot"):
            print(f"{action} {node}", flush=True)
            for step in {"reboot": ["off", "on"]}.get(action, [action]):
                status, _ = await self.run(step, node, *(["--no-wait"] if step == "on" else []))
                if status:
                    return 500, f"{step} {node} failed\n"
            return 200, "done\n"
        return 404, "no such action\n"

    async def serve(self, reader, writer):
        try:
            head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)).decode("latin-1").split("\r\n")
            method, path, _ = head[0].split(" ")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
            status, body = await self.answer(method, path, headers.get("authorization", ""))
        except (OSError, EOFError, ValueError, asyncio.TimeoutError, asyncio.LimitOverrunError):
            status, body = 400, "bad request\n"
        writer.write(
            f"HTTP/1.1 {status} -\r\nContent-Type: text/plain\r\nContent-Length: {len(body.encode())}\r\n"
            f"Connection: close\r\n\r\n{body}".encode()
        )
        try:
            await writer.drain()
        except OSError:
            pass
        writer.close()


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("set_dir", type=pathlib.Path)
    for name, kind in (("netns", str), ("net", str), ("first-port", int), ("machine", str)):
        parser.add_argument(f"--{name}", type=kind, required=True)
    options = parser.parse_args()

    listeners = []
    for node, number in machines(options.set_dir).items():
        file = options.set_dir / node / "port"
        listener = listen_somewhere(int(file.read_text()) if file.exists() else 0, options.first_port)
        file.write_text(f"{listener.getsockname()[1]}\n")
        listeners.append((listener, f"{options.net}.{number}"))
    enter(options.netns)
    for listener, address in listeners:
        await asyncio.start_server(relay_to(address), sock=listener)
    api = PowerApi(options.set_dir, options.machine)
    await asyncio.start_server(api.serve, f"{options.net}.254", POWER_PORT)

    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    (options.set_dir / "services.ready").touch()
    await ended.wait()


asyncio.run(main())
