// The little HTTP that sequencer and node share.
import { gzip } from 'node:zlib';
import { promisify } from 'node:util';
import { readJson, writeJson } from './json.mjs';

export const LOOPBACK = '127.0.0.1';
const WORTH_COMPRESSING_BYTES = 1024;
const compress = promisify(gzip);

/** An answer other than 200, with its reason. */
export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export async function readBody(request, limit) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > limit) throw new Refusal(413, 'the body is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export const readJsonBody = async (request, limit) => readJson(await readBody(request, limit));

export function sendJson(response, status, value) {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(writeJson(value));
}

export function sendText(response, status, text) {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(text);
}

/** JSON text, gzipped where the client asked for it and it pays. */
export async function sendJsonText(request, response, text) {
  const headers = { 'content-type': 'application/json; charset=utf-8', vary: 'Accept-Encoding' };
  let body = Buffer.from(text);
  if (body.length >= WORTH_COMPRESSING_BYTES && acceptsGzip(request)) {
    body = await compress(body);
    headers['content-encoding'] = 'gzip';
  }
  headers['content-length'] = body.length;
  response.writeHead(200, headers);
  response.end(body);
}

function acceptsGzip(request) {
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(request.headers['accept-encoding'] ?? '');
}

export function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, resolve);
  });
}
