// A static server for dist/, on this machine only: what kubectl proxy --www does, without a cluster.
//   node tools/serve.mjs [--dir dist] [--prefix /studio/] [--port 8001] [--any-port]
// Prints the address when it listens. With --any-port the next free port is taken when the wanted one is not.
// Also a module: serve({ dir, prefix, port }) -> { url, origin, close() }.
import { createServer } from "node:http";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { pathToFileURL } from "node:url";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
  ".yaml": "text/plain; charset=utf-8",
};

async function answer(request, response, dir, prefix) {
  const refuse = (status, text, headers = {}) => {
    response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", ...headers });
    response.end(`${text}\n`);
  };
  if (request.method !== "GET" && request.method !== "HEAD") return refuse(405, "only GET and HEAD");
  let path;
  try {
    path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  } catch {
    return refuse(400, "not an address");
  }
  // The page asks its origin whether it is a cluster's. A browser writes a 404 to its console as an error.
  if (path === "/version") return response.writeHead(204).end();
  if (`${path}/` === prefix) return refuse(301, "moved", { Location: prefix });
  if (!path.startsWith(prefix)) return refuse(404, "404 page not found");
  const file = normalize(join(dir, path.slice(prefix.length) || "index.html"));
  if (!file.startsWith(normalize(dir) + sep) || file.includes("\0")) return refuse(404, "404 page not found");
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) return refuse(404, "404 page not found");
  const modified = found.mtime.toUTCString();
  const headers = { "Cache-Control": "no-cache", "Last-Modified": modified, "X-Content-Type-Options": "nosniff" };
  if (request.headers["if-modified-since"] === modified) {
    response.writeHead(304, headers);
    return response.end();
  }
  headers["Content-Type"] = TYPES[extname(file)] ?? "application/octet-stream";
  headers["Content-Length"] = found.size;
  response.writeHead(200, headers);
  if (request.method === "HEAD") return response.end();
  createReadStream(file).on("error", () => response.destroy()).pipe(response);
}

/** Listens on 127.0.0.1; port 0 takes any free one. */
export async function serve({ dir, prefix = "/", port = 0 }) {
  const server = createServer((request, response) => {
    answer(request, response, dir, prefix).catch(() => response.destroy());
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    url: origin + prefix,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

async function main(args) {
  const options = { dir: "dist", prefix: "/studio/", port: 8001 };
  let anyPort = false;
  for (let i = 0; i < args.length; i++) {
    if (args[i] === "--any-port") anyPort = true;
    else if (/^--(dir|prefix|port)$/.test(args[i])) options[args[i].slice(2)] = args[++i];
    else throw new Error(`'${args[i]}' is not known`);
  }
  options.port = Number(options.port);
  for (;;) {
    try {
      const { url } = await serve(options);
      console.log(url);
      return;
    } catch (error) {
      if (!anyPort || error.code !== "EADDRINUSE") throw error;
      options.port += 1;
    }
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(`tools/serve.mjs: ${error.message}`);
    process.exit(1);
  });
}
