// JSON-RPC errors with the codes and words of Agave.
export class RpcError extends Error {
  constructor(code, message, data) {
    super(message);
    this.code = code;
    this.data = data;
  }

  toJSON() {
    return { code: this.code, message: this.message, ...(this.data !== undefined && { data: this.data }) };
  }
}

export const parseError = () => new RpcError(-32700, 'Parse error');
export const invalidRequest = (message = 'Invalid request') => new RpcError(-32600, message);
export const methodNotFound = () => new RpcError(-32601, 'Method not found');
export const invalidParams = (message) => new RpcError(-32602, message);
export const internalError = () => new RpcError(-32603, 'Internal error');

export const blockCleanedUp = (slot, firstAvailable) =>
  new RpcError(-32001, `Block ${slot} cleaned up, does not exist on node. First available block: ${firstAvailable}`);
export const preflightFailure = (message, simulation) => new RpcError(-32002, message, simulation);
export const signatureVerificationFailure = () => new RpcError(-32003, 'Transaction signature verification failure');
export const blockNotAvailable = (slot) => new RpcError(-32004, `Block not available for slot ${slot}`);
export const nodeUnhealthy = (numSlotsBehind) =>
  new RpcError(-32005, `Node is behind by ${numSlotsBehind} slots`, { numSlotsBehind });
export const slotSkipped = (slot) =>
  new RpcError(-32007, `Slot ${slot} was skipped, or missing due to ledger jump to recent snapshot`);
export const unsupportedTransactionVersion = (version) =>
  new RpcError(
    -32015,
    `Transaction version (${version}) is not supported by the requesting client. Please try the request again with ` +
      `the following configuration parameter: "maxSupportedTransactionVersion": ${version}`,
  );
export const minContextSlotNotReached = (contextSlot) =>
  new RpcError(-32016, 'Minimum context slot has not been reached', { contextSlot });
export const slotNotEpochBoundary = (slot) =>
  new RpcError(-32018, `Rewards cannot be found because slot ${slot} is not the epoch boundary. This may be due to gap in the queried node's local ledger or long-term storage`, { slot }); // prettier-ignore
export const signatureNotFound = (signature) => new RpcError(-32020, `Signature not found: ${signature}`);
