// A Zstandard frame of raw blocks: valid for every decoder, compresses nothing. Node 20 has no zstd of its own.
const MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
// Single segment, content size in eight bytes, no checksum, no dictionary.
const FRAME_DESCRIPTOR = 0xe0;
const MAX_BLOCK_BYTES = 128 * 1024;

export function zstdFrame(data) {
  const header = Buffer.alloc(9);
  header[0] = FRAME_DESCRIPTOR;
  header.writeBigUInt64LE(BigInt(data.length), 1);
  const parts = [MAGIC, header];
  let start = 0;
  do {
    const block = data.subarray(start, start + MAX_BLOCK_BYTES);
    start += block.length;
    parts.push(blockHeader(block.length, start >= data.length), block);
  } while (start < data.length);
  return Buffer.concat(parts);
}

/** Three bytes: last block?, type 0 (raw), size. */
function blockHeader(size, last) {
  const header = Buffer.alloc(3);
  header.writeUIntLE((size << 3) | (last ? 1 : 0), 0, 3);
  return header;
}
