// Node's `ws`, as its README broadcasts.
import { WebSocketServer } from "ws";
import { document, onEachLine, payload } from "./payload.mjs";

const server = new WebSocketServer({ host: "127.0.0.1", port: 0, backlog: 4096, perMessageDeflate: false });
server.on("listening", () => console.log(server.address().port));
onEachLine({
  all: () => {
    const text = payload(document());
    for (const client of server.clients) client.send(text);
  },
  each: () => {
    const told = document();
    let place = 0;
    for (const client of server.clients) client.send(payload({ ...told, for: place++ }));
  },
});
