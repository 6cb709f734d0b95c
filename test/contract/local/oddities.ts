import type { Choice } from '../../support/choice';

const LONE_SURROGATES = ['"\\ud83d"', '"\\udd11x"', '{"a":"\\udfff"}', '{"\\ud800":"a"}'];
const ODD_JSON = [
	...['null', 'true', 'false', '0', '-0', '-1', '1.5', '1e308', '1e400', '-1e-400', '123456789012345678901234567890'],
	...['""', '" "', '"\\u0000"', '"a\\u0000b"', '"../../x"', '"%2e%2e"', '"\\u202e"', '"\\r\\nX-Odd: 1"', '"\'; --"'],
	...[
		'[]',
		'[null]',
		'[[[]]]',
		'["a","b"]',
		'[{"a":"b"}]',
		'{}',
		'{"":""}',
		'{"a":1}',
		'{"a":null}',
		'{"a":{"b":"c"}}',
	],
	...['{"__proto__":"x"}', '{"__proto__":{"a":"b"}}', '{"constructor":{"prototype":{"x":1}}}', '{"toJSON":"x"}'],
	...['{"toString":"x","valueOf":"y","hasOwnProperty":"z"}', '{"a":"b","a":"c"}', '"__proto__"', '"constructor"'],
	...['"AAAA"', '"AAAA\\n"', '"A"', '"V09TLkVLTS52MQA="', '"sk_test_x"', '"2026-02-30"', '9007199254740993', '2.0'],
	...['{"organization_id":"org_odd"}', '{"organization_id":"org_odd","b":"c"}', '{"organization_id":1}'],
];
const BROKEN_JSON = ['[1,2', 'NaN', 'undefined', "'a'", '{"a":1,}', '\ufeff{}', '01', '"\t"', '{a:1}', '', ' ', '}{'];

/** A JSON text that hardly any field takes; sometimes no JSON at all. */
export function oddJson(choice: Choice): string {
	const size = choice.of([1, 10, 121, 201, 501, 5000, 70_000]);
	switch (choice.number(24)) {
		case 0:
			return choice.of(BROKEN_JSON);
		case 1:
			return choice.of(LONE_SURROGATES);
		case 2:
			return JSON.stringify('🔑x'.repeat(size));
		case 3:
			return JSON.stringify(Object.fromEntries(Array.from({ length: size % 5001 }, (_, index) => [`k${index}`, 'v'])));
		case 4:
			return JSON.stringify({ ['k'.repeat(size)]: 'v'.repeat(size % 1000) });
		case 5:
			return deepJson(choice, choice.once(6) ? 100_000 : choice.of([20, 999, 3000, 9000]));
		default:
			return choice.of(ODD_JSON);
	}
}

function deepJson(choice: Choice, levels: number): string {
	const [open, close] = choice.of([
		['[', ']'],
		['{"a":', '}'],
		['[{"a":', '}]'],
	] as const);
	return `${open.repeat(levels)}1${close.repeat(levels)}`;
}

const ODD_PARAMETERS = [
	...['', '0', '-1', '1e3', '100', '101', '99999999999999999999', 'NaN', 'null', '1%20', '%2B1', '0x10', '%EF%BC%91'],
	...['%', '%zz', '%ff', '%00', '%ed%a0%80', '%2525', 'a%00b', '%0d%0aX-Odd:%201', '%f0%9f%94%91', "';--", '()', '%5c'],
	...[
		'2026-13-45',
		'Infinity',
		'2026-01-01T00:00:00Z',
		'%2B275760-09-13T00:00:00.001Z',
		'Mon%20Jan%2001%202024',
		'now',
	],
	...[
		'%7B%7D',
		'%5B%5D',
		'%7B%22a%22%3A1%7D',
		'%7B%22a%22%3A',
		'%7B%22team%22%3A%22odd%22%7D',
		'%7B%22__proto__%22%3A1%7D',
	],
	...[
		'asc',
		'desc',
		'normal',
		'ASC',
		'true',
		'1',
		'2',
		'vault.data.read',
		'vault.data.read,vault.names.listed',
		',',
		'x,,y',
	],
	...['objects:1:1', 'objects:999999999999999:0', 'objects:-1:x', 'events:1:1'].map((text) =>
		Buffer.from(text).toString('base64url'),
	),
];

/** A value of a query parameter as it is sent: often out of every range, sometimes not percent-encoded as it should be. */
export function oddParameter(choice: Choice): string {
	if (choice.once(30)) return encodeURIComponent(deepJson(choice, 500));
	return choice.once(20) ? 'y'.repeat(choice.of([300, 5000, 12_000])) : choice.of(ODD_PARAMETERS);
}

const ODD_SEGMENTS = [
	'',
	'.',
	'..',
	'%2e',
	'%2e%2e',
	'%00',
	'%ff',
	'%25',
	'%2f',
	'%',
	'%zz',
	'%c0%af',
	'name',
	'metadata',
];
const TRICKS: readonly ((path: string, choice: Choice) => string)[] = [
	(path) => `/${path}`,
	(path) => `${path}/`,
	(path) => `${path}//`,
	(path) => path.toUpperCase(),
	(path) => path.replaceAll('/', '//'),
	(path) => path.replaceAll('/', '%2f'),
	(path) => path.replaceAll('/', '\\'),
	(path) => path.replace('a', '%61'),
	(path) => `/x/..${path}`,
	(path) => `/.${path}`,
	(path) => `${path};a=b`,
	(path) => `${path}#fragment`,
	(path) => `${path}\u00ff`,
	(path) => `http://127.0.0.1${path}`,
	(path) => `http://evil.example${path}`,
	(path) => path.slice(1),
	(path, choice) => `${path}/${'z'.repeat(choice.of([300, 10_000]))}`,
	(path, choice) => `${path}/${choice.of(ODD_SEGMENTS)}`,
	(path, choice) => `${path.slice(0, path.lastIndexOf('/'))}/${choice.of(ODD_SEGMENTS)}`,
	(path, choice) => `${path}/${choice.of(ODD_SEGMENTS)}/${choice.of(ODD_SEGMENTS)}`,
	() => '*',
	() => '/',
];

/** A path that looks like another one. */
export function oddPath(path: string, choice: Choice): string {
	return choice.of(TRICKS)(path, choice);
}
