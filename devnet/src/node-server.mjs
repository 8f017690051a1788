// One node's HTTP port: JSON-RPC, the proof of whose node it is, and the control endpoint of the demo.
import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Refusal, listen, readBody, readJsonBody, sendJson, sendJsonText, sendText } from './http.mjs';

const BODY_LIMIT = 1024 * 1024;
const CONTROL_BODY_LIMIT = 4096;
const KEEP_ALIVE_MS = 60_000;
const CORS = {
  'access-control-allow-headers': 'content-type, solana-client',
  'access-control-allow-methods': 'POST',
  'access-control-allow-origin': '*',
};

export class NodeServer {
  constructor({ dispatcher, faults, control }) {
    Object.assign(this, { dispatcher, faults, control });
  }

  listen(port) {
    const server = http.createServer((request, response) => this.#serve(request, response));
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    return listen(server, port);
  }

  async #serve(request, response) {
    try {
      const [pathname] = request.url.split('?');
      if (pathname.startsWith('/control')) await this.#answerControl(request, response, pathname);
      else await this.#answerClient(request, response, pathname);
    } catch (error) {
      if (error instanceof Refusal) sendText(response, error.status, `${error.message}\n`);
      else if (!response.headersSent) sendText(response, 500, 'Internal error\n');
    }
  }

  async #answerClient(request, response, pathname) {
    const fate = this.faults.nextFate();
    if (fate === 'refuse') return request.socket.resetAndDestroy();
    if (fate === 'hang') return;
    await this.#takeTime();
    if (fate === 'fail') return sendText(response, 500, 'Internal Server Error\n');
    if (fate === 'limit') return sendRateLimit(response);
    if (request.method === 'GET') return this.#answerGet(response, pathname);
    if (request.method === 'OPTIONS') return response.writeHead(200, CORS).end();
    if (request.method !== 'POST')
      throw new Refusal(405, 'Used HTTP Method is not allowed. POST or OPTIONS is required');
    await this.#answerRpc(request, response);
  }

  async #answerRpc(request, response) {
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
      throw new Refusal(415, 'Supplied content type is not allowed. Content-Type: application/json is required');
    }
    const answer = await this.dispatcher.answer(await readBody(request, BODY_LIMIT));
    response.setHeader('access-control-allow-origin', '*');
    await sendJsonText(request, response, answer);
  }

  async #takeTime() {
    const latency = this.faults.nextLatencyMs();
    if (latency > 0) await delay(latency);
  }

  #answerGet(response, pathname) {
    if (pathname === '/health') return sendText(response, 200, this.control.health());
    if (pathname === '/.well-known/streamsync' && this.control.operatorId !== null) {
      return sendJson(response, 200, { operatorId: this.control.operatorId });
    }
    if (pathname === '/.well-known/streamsync') throw new Refusal(404, 'this node has no operator yet');
    throw new Refusal(405, 'Used HTTP Method is not allowed. POST or OPTIONS is required');
  }

  /** Works whatever the faults are: a node that is down must be able to come back. */
  async #answerControl(request, response, pathname) {
    if (pathname === '/control' && request.method === 'GET') return sendJson(response, 200, this.control.describe());
    if (pathname === '/control/state' && request.method === 'GET') return sendJson(response, 200, this.control.state());
    if (pathname !== '/control' || request.method !== 'POST') throw new Refusal(404, 'no such endpoint');
    refuseBrowsers(request);
    const changes = await readJsonBody(request, CONTROL_BODY_LIMIT).catch(() => null);
    if (changes === null || typeof changes !== 'object') throw new Refusal(400, 'the body must be a JSON object');
    try {
      this.control.change(changes);
    } catch (error) {
      throw new Refusal(400, error.message);
    }
    sendJson(response, 200, this.control.describe());
  }
}

/** The port listens on loopback only, where a page in somebody's browser could still post to it. */
function refuseBrowsers(request) {
  if (request.headers.origin !== undefined) throw new Refusal(403, 'not for browsers');
}

function sendRateLimit(response) {
  response.setHeader('retry-after', '1');
  sendJson(response, 429, { jsonrpc: '2.0', error: { code: 429, message: 'Too many requests' }, id: null });
}
