import { Transform } from 'node:stream';

/** A draft is safe only while the extension host answers within two seconds: no delay may add up to that. */
const longest = 400;

/** Numbers from 0 to 1 that are the same for the same seed. */
function seeded(seed) {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/**
 * Delays at random, to find tests that pass by luck: most are none, some are up to 400 ms.
 * @param {string | undefined} seed a number, as in VSCODEHOST_DELAYS; without one, nothing is delayed
 * @returns {{ next(): number, stream(): Transform } | undefined} `next` gives a delay in ms; `stream` passes on what it gets,
 * in order, each part after a delay
 */
export function createDelays(seed) {
	if (!seed) return undefined;
	const random = seeded(Number(seed));
	const next = () => (random() < 0.1 ? Math.round(random() * longest) : 0);
	return {
		next,
		stream: () =>
			new Transform({
				transform(part, _encoding, done) {
					const delay = next();
					if (delay === 0) done(null, part);
					else setTimeout(() => done(null, part), delay);
				},
			}),
	};
}
