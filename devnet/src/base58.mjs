// Base58 as Solana writes addresses, blockhashes and signatures.
const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const DIGIT_OF = new Map([...ALPHABET].map((character, digit) => [character, digit]));
const DIGITS_PER_LIMB = 5;
const LIMB_BASE = 58 ** DIGITS_PER_LIMB;

export function encodeBase58(bytes) {
  let zeros = 0;
  while (zeros < bytes.length && bytes[zeros] === 0) zeros++;
  const limbs = [];
  for (let at = zeros; at < bytes.length; at++) {
    let carry = bytes[at];
    for (let index = 0; index < limbs.length; index++) {
      const value = limbs[index] * 256 + carry;
      carry = Math.floor(value / LIMB_BASE);
      limbs[index] = value - carry * LIMB_BASE;
    }
    if (carry > 0) limbs.push(carry);
  }
  let digits = '';
  for (const limb of limbs) {
    let rest = limb;
    for (let digit = 0; digit < DIGITS_PER_LIMB; digit++) {
      digits = ALPHABET[rest % 58] + digits;
      rest = Math.floor(rest / 58);
    }
  }
  return '1'.repeat(zeros) + digits.replace(/^1+/, '');
}

/** Throws a RangeError on a character outside the alphabet. */
export function decodeBase58(text) {
  let zeros = 0;
  while (text[zeros] === '1') zeros++;
  const reversed = [];
  for (let at = zeros; at < text.length; at++) {
    let carry = DIGIT_OF.get(text[at]);
    if (carry === undefined) throw new RangeError(`not base58: ${text[at]}`);
    for (let index = 0; index < reversed.length; index++) {
      carry += reversed[index] * 58;
      reversed[index] = carry & 0xff;
      carry >>= 8;
    }
    while (carry > 0) {
      reversed.push(carry & 0xff);
      carry >>= 8;
    }
  }
  const bytes = new Uint8Array(zeros + reversed.length);
  reversed.forEach((byte, index) => (bytes[bytes.length - 1 - index] = byte));
  return bytes;
}
