"""proxy.py MILLISECONDS COUNTS LISTEN=TARGET...: passes TCP port 22 on, half of MILLISECONDS later in each direction.

Opening a connection costs one more round trip, as a handshake would. On SIGUSR1 it writes to the file COUNTS how many
round trips clients have waited for since the last signal: how often one had something to send again after it was silent for
at least a round trip and got something. What a host sends of its own while a client still sends, such as an adjustment of
a channel's window, is not waited for.
"""

import asyncio
import os
import signal
import socket
import sys

half = float(sys.argv[1]) / 2000
turns = 0


async def carry(reader, writer, connection, client_to_host, opened):
    """Reads at once and writes late, so that the delay does not limit the rate."""
    global turns
    loop = asyncio.get_running_loop()
    queue = asyncio.Queue()

    async def deliver():
        while True:
            due, data = await queue.get()
            if due > loop.time():
                await asyncio.sleep(due - loop.time())
            if not data:
                if writer.can_write_eof():
                    writer.write_eof()
                return
            writer.write(data)
            await writer.drain()

    delivery = asyncio.ensure_future(deliver())
    try:
        while True:
            try:
                data = await reader.read(1 << 16)
            except OSError:
                data = b""
            if client_to_host:
                now = loop.time()
                if data and connection["receiving"] and now - connection["sent"] >= 2 * half:
                    turns += 1
                connection["sent"] = now
            connection["receiving"] = not client_to_host
            queue.put_nowait((max(loop.time(), opened) + half, data))
            if not data:
                break
        await delivery
    except OSError:
        delivery.cancel()


def serve(target):
    async def connected(reader, writer):
        opened = asyncio.get_running_loop().time() + 2 * half
        try:
            far_reader, far_writer = await asyncio.open_connection(target, 22)
        except OSError:
            writer.close()
            return
        for each in (writer, far_writer):
            each.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection = {"receiving": True, "sent": 0}
        await asyncio.gather(
            carry(reader, far_writer, connection, True, opened), carry(far_reader, writer, connection, False, opened))
        for each in (writer, far_writer):
            each.close()

    return connected


def report():
    global turns
    with open(sys.argv[2] + ".new", "w") as file:
        file.write(str(turns))
    os.rename(sys.argv[2] + ".new", sys.argv[2])
    turns = 0


async def main():
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, report)
    for pair in sys.argv[3:]:
        listen, target = pair.split("=")
        await asyncio.start_server(serve(target), listen, 22)
    await asyncio.Event().wait()


asyncio.run(main())
