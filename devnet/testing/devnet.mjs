// Starts a real devnet for a test: one sequencer and some nodes as processes on free loopback ports.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LOOPBACK = '127.0.0.1';

export class Devnet {
  #processes = [];

  /** `{flags}` per node. */
  static start(...nodes) {
    return Devnet.startWith([], nodes);
  }

  static async startWith(sequencerFlags, nodes) {
    const devnet = new Devnet();
    try {
      const [port] = await freePorts(1);
      devnet.t0 = Date.now();
      devnet.sequencerUrl = `http://${LOOPBACK}:${port}`;
      devnet.sequencerArgs = ['sequencer.mjs', '--port', port, '--t0', devnet.t0, ...sequencerFlags];
      await devnet.#startSequencer();
      devnet.nodes = await Promise.all(nodes.map((node) => devnet.startNode(node.flags)));
    } catch (error) {
      await devnet.stop();
      throw error;
    }
    return devnet;
  }

  async #startSequencer() {
    this.sequencer = await this.#run(this.sequencerArgs, 'sequencer on');
  }

  /** As after a crash. */
  async restartSequencer() {
    this.sequencer.kill('SIGKILL');
    await once(this.sequencer, 'exit');
    await this.#startSequencer();
  }

  async startNode(flags = []) {
    const [port] = await freePorts(2);
    const common = ['--port', port, '--sequencer', this.sequencerUrl, '--t0', this.t0];
    const child = await this.#run(['node.mjs', ...common, ...flags], 'node on');
    return new Node(port, child);
  }

  async stop() {
    await Promise.all(
      this.#processes.map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        child.kill();
        await once(child, 'exit');
      }),
    );
  }

  async #run(args, readyLine) {
    const child = spawn(process.execPath, args.map(String), { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
    this.#processes.push(child);
    await new Promise((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code}`)));
      child.stdout.on('data', (text) => String(text).includes(readyLine) && resolve());
    });
    return child;
  }
}

export class Node {
  constructor(port, child) {
    this.port = port;
    this.child = child;
    this.url = `http://${LOOPBACK}:${port}`;
    this.webSocketUrl = `ws://${LOOPBACK}:${port + 1}`;
  }

  post(body, headers = {}) {
    return fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  /** The whole answer. */
  async request(method, params = [], id = 1) {
    return (await this.post({ jsonrpc: '2.0', id, method, params })).json();
  }

  /** The result; throws where the answer is an error. */
  async call(method, ...params) {
    const { result, error } = await this.request(method, params);
    if (error) throw Object.assign(new Error(error.message), error);
    return result;
  }

  async control(changes) {
    const init = changes && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(changes),
    };
    const response = await fetch(`${this.url}/control`, init);
    return { status: response.status, body: response.ok ? await response.json() : await response.text() };
  }

  async state() {
    return (await fetch(`${this.url}/control/state`)).json();
  }

  confirmed(signature) {
    return until(async () => {
      const { value } = await this.call('getSignatureStatuses', [signature]);
      return value[0] && value[0].confirmationStatus !== 'processed' && value[0];
    });
  }
}

/** Asks again until the answer is truthy. */
export async function until(condition, { timeoutMs = 15_000, everyMs = 25 } = {}) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await condition();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

/** The first of `count` neighbouring ports that are free. */
async function freePorts(count) {
  for (;;) {
    const servers = [];
    try {
      servers.push(await listening(0));
      const first = servers[0].address().port;
      for (let next = 1; next < count; next++) servers.push(await listening(first + next));
      return servers.map((server) => server.address().port);
    } catch {
      // a neighbour is taken: try elsewhere
    } finally {
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    }
  }
}

function listening(port) {
  const server = net.createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => resolve(server));
  });
}
