// From a request's text to the answer's: JSON-RPC 2.0, single or batch, ids echoed as they came.
import { readJson, writeJson } from '../json.mjs';
import { RpcError, internalError, invalidParams, invalidRequest, methodNotFound, parseError } from './errors.mjs';

export class Dispatcher {
  /** `settle` may alter a result before it is written: a lie. */
  constructor(methods, settle = (_, result) => result) {
    this.methods = methods;
    this.settle = settle;
  }

  /** The answer's text; empty where only notifications came. */
  async answer(text) {
    let request;
    try {
      request = readJson(text);
    } catch {
      return writeJson(failure(null, parseError()));
    }
    if (!Array.isArray(request)) return textOf(await this.#answerOne(request));
    if (request.length === 0) return writeJson(failure(null, invalidRequest()));
    const answers = await Promise.all(request.map((element) => this.#answerOne(element)));
    return textOf(answers.some(Boolean) ? answers.filter(Boolean) : undefined);
  }

  async #answerOne(request) {
    if (!isRequest(request)) return failure(isId(request?.id) ? request.id : null, invalidRequest());
    if (request.id === undefined) return undefined; // a notification is not answered
    try {
      return { jsonrpc: '2.0', result: await this.#result(request), id: request.id };
    } catch (error) {
      if (error instanceof RpcError) return failure(request.id, error);
      console.error(`${request.method} failed:`, error);
      return failure(request.id, internalError());
    }
  }

  async #result({ method, params }) {
    if (!Object.hasOwn(this.methods, method)) throw methodNotFound();
    if (params !== undefined && params !== null && !Array.isArray(params)) {
      throw invalidParams('Invalid params: invalid type: map, expected a sequence.');
    }
    return this.settle(method, await this.methods[method](params ?? []));
  }
}

const textOf = (answer) => (answer === undefined ? '' : writeJson(answer));

const isId = (id) => id === null || ['string', 'number', 'bigint'].includes(typeof id);

function isRequest(request) {
  return (
    request !== null &&
    typeof request === 'object' &&
    request.jsonrpc === '2.0' &&
    typeof request.method === 'string' &&
    (request.id === undefined || isId(request.id))
  );
}

export function failure(id, error) {
  return { jsonrpc: '2.0', error, id };
}
