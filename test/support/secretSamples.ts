/** First lines of values, by what these are written in. */
export const firstLines = {
	json: ['{', '{"a": 1,', '  { }', '[', '["a",', '[{', '[1, 2]', '[-1', '[true]', '[]'],
	ini: ['[default]', '[profile name]  ', '[a.b] ; why', '[section "sub"]'],
	yaml: ['---', 'key: value', 'key:', '- key: value', '"quoted key": 1', 'a/b.c-d: e', '%YAML 1.2'],
	dotenv: ['A=b', 'export A=b', 'a.b-c = d', '  A="b"', 'A= b'],
	url: ['postgres://user:pw@host:5432/db?ssl=on', 'https://example.com/'],
	pem: ['-----BEGIN PRIVATE KEY-----', '-----BEGIN RSA PRIVATE KEY-----'],
} as const;

/** Values that are written in nothing. */
export const plainValues = [
	'hunter2',
	'sk_live_51H',
	'#1a2b3c',
	'correct horse battery staple',
	'dGhlIHZhbHVl',
	'dGhlIHZhbHU=',
	'dGhlIHZhbA==',
	'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig',
	'{curly',
	'[bracket',
	'-----BEGIN',
	'12:30',
	'user:password',
	'"quoted"',
	'',
];

/** Lines that an expression with repetitions in repetitions would never be done with, by what is in them. */
export const hostileLines = (length: number): Readonly<Record<string, string>> => ({
	letters: 'a'.repeat(length),
	blanks: ' '.repeat(length),
	'blanks and a letter': `${' '.repeat(length)}x`,
	'an open bracket': `[${'a'.repeat(length)}`,
	brackets: '['.repeat(length),
	'a name without its =': `export ${'A.b-'.repeat(length / 4)}`,
	'equals signs': `A${'='.repeat(length)}x`,
	'an address of colons': `https://${':'.repeat(length)}`,
	'an address without its @': `https://${'a:'.repeat(length / 2)}`,
	'a query without =': `https://a/?${'&a'.repeat(length / 2)}`,
	'references that do not end': `A=${'${'.repeat(length / 2)}`,
	'a string that does not end': `A="${'\\'.repeat(length)}`,
	'a string of quotes': `{"${'\\"'.repeat(length / 2)}\\`,
	'a key of dashes': `-----BEGIN ${'A '.repeat(length / 2)}`,
	'a key of blanks': `"${'a '.repeat(length / 2)}`,
});
