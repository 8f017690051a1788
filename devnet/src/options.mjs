// Command line flags: every flag takes a value, except those declared as switches.
import { parseArgs } from 'node:util';

const PARSERS = {
  text: (value) => value,
  number: (value, name) => {
    const number = Number(value);
    if (value.trim() === '' || !Number.isFinite(number) || number < 0)
      throw new Error(`--${name} must be a number, not ${value}`);
    return number;
  },
};

/** `flags` maps a name to "text", "number" or "switch"; absent flags are undefined. Ends the process on a wrong one. */
export function readFlags(flags, { required = [] } = {}) {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, kind]) => [name, { type: kind === 'switch' ? 'boolean' : 'string' }]),
  );
  try {
    const { values } = parseArgs({ options, strict: true });
    for (const name of required) if (values[name] === undefined) throw new Error(`--${name} is missing`);
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        flags[name] === 'switch' ? value : PARSERS[flags[name]](value, name),
      ]),
    );
  } catch (error) {
    console.error(error.message);
    process.exit(2);
  }
}
