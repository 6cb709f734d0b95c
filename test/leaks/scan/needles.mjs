/**
 * How a secret that is no canary, such as a data key, can be written down.
 * @param {Buffer} secret
 * @returns {{ form: string, needle: Buffer }[]}
 */
export function needlesOf(secret) {
	const text = secret.toString('latin1');
	const hex = secret.toString('hex');
	const percent = hex.replace(/../g, '%$&');
	const written = {
		'UTF-8': [secret],
		'UTF-16': [Buffer.from(text, 'utf16le')],
		hex: [Buffer.from(hex), Buffer.from(hex.toUpperCase())],
		'URL-encoded': [percent, percent.toUpperCase(), encodeURIComponent(text)].map((each) => Buffer.from(each)),
		Base64: [0, 1, 2].flatMap((shift) => {
			const whole = base64After(secret, shift);
			return [whole, whole.replaceAll('+', '-').replaceAll('/', '_')].map((each) => Buffer.from(each));
		}),
	};
	return Object.entries(written).flatMap(([form, needles]) => needles.map((needle) => ({ form, needle })));
}

/** What of a secret's Base64 is the same whatever stands around it, when so many bytes more stand before it. */
function base64After(secret, shift) {
	const bits = (shift + secret.length) * 8;
	const whole = Buffer.concat([Buffer.alloc(shift), secret]).toString('base64');
	return whole.slice(Math.ceil((shift * 8) / 6), Math.floor(bits / 6));
}
