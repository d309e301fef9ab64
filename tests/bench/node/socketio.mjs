// socket.io, websocket transport only; `io.emit` is its broadcast.
import { createServer } from "node:http";
import { Server } from "socket.io";
import { document, onEachLine } from "./payload.mjs";

const http = createServer();
const io = new Server(http, { transports: ["websocket"], pingInterval: 60_000, perMessageDeflate: false });
http.listen({ host: "127.0.0.1", port: 0, backlog: 4096 }, () => console.log(http.address().port));
onEachLine({
  all: () => io.emit("changes", { type: "changes", document: document() }),
  each: () => {
    const told = document();
    let place = 0;
    for (const socket of io.sockets.sockets.values()) socket.emit("changes", { type: "changes", document: { ...told, for: place++ } });
  },
});
