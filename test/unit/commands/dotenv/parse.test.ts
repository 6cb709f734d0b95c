import assert from 'node:assert/strict';
import { parse } from 'dotenv';
import { dotenvFileName, maxFileLength, parseDotenv } from '../../../../src/commands/dotenv/parse';
import { seededRandom } from '../../../support/seededRandom';

suite('An environment file', () => {
	const namesIn = async (text: string) => (await parseDotenv(text)).variables.map(({ name }) => name);
	const valuesIn = async (text: string) => (await parseDotenv(text)).variables.map(({ value }) => value);
	const othersIn = async (text: string) => (await parseDotenv(text)).otherLines;
	const doubtsIn = async (text: string) =>
		(await parseDotenv(text)).variables
			.filter(({ doubts }) => doubts.length > 0)
			.map(({ name, lines, doubts }) => `${name} ${lines.join()}: ${doubts.join()}`);

	test('is read as dotenv does: quotes, comments, export and a mark of the byte order', async () => {
		const text = '\uFEFFexport A=one\r\n# B=no\nC="two words" # said\n\nD=\'a\\nb\'\nE="a\\nb"\n';
		assert.deepEqual(await namesIn(text), ['A', 'C', 'D', 'E']);
		assert.deepEqual(await valuesIn(text), ['one', 'two words', 'a\\nb', 'a\nb']);
		assert.deepEqual(await doubtsIn(text), []);
	});

	test('is read as dotenv does, whatever stands in it, but for a name whose = or value comes in a later line', async () => {
		const pieces = [
			'A',
			'B',
			'=',
			'=',
			':',
			' ',
			'\n',
			'\n',
			'"',
			"'",
			'`',
			'\\',
			'\\n',
			'#',
			'x',
			'export ',
			'\t',
			'\r\n',
			'1',
		];
		for (let seed = 1; seed <= 5_000; seed++) {
			const random = seededRandom(seed);
			const length = 1 + Math.floor(random() * 14);
			const text = Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)]).join('');
			if (/[\w.-]\s*[\r\n]\s*=|:\s*[\r\n]|export\s*[\r\n]/.test(text)) continue;
			const names = Object.entries(parse(text)).filter(([name]) => /^[A-Z]/.test(name));
			const { variables } = await parseDotenv(text);
			const read = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
			const isName = ([name]: [string, unknown]) => /^[A-Z]/.test(name);
			assert.deepEqual(Object.fromEntries(Object.entries(read).filter(isName)), Object.fromEntries(names), text);
		}
	});

	test('keeps a value that goes over several lines', async () => {
		const text = 'KEY="-----BEGIN A-----\nabc=\n-----END A-----"\nB=1';
		assert.deepEqual(await valuesIn(text), ['-----BEGIN A-----\nabc=\n-----END A-----', '1']);
		assert.deepEqual(await doubtsIn(text), []);
	});

	test('of a name that stands there twice has the last value', async () => {
		assert.deepEqual(await valuesIn('A=1\nB=2\nA=3'), ['3', '2']);
	});

	test('lists a variable without a value too', async () => {
		assert.deepEqual(
			(await parseDotenv('A=\nB=1')).variables.map(({ name, value, lines }) => [name, value, lines]),
			[
				['A', '', [1]],
				['B', '1', [2]],
			],
		);
	});

	suite('says of which variables readers disagree, and where they stand', () => {
		for (const [what, text, doubts] of [
			['a # without a blank before it', 'A=p4ss#word\nB=p4ss # note', ['A 1: hash']],
			['a quote that is not closed', 'A="open\nB=1', ['A 1: openQuote']],
			['a backslash in double quotes', 'A="say \\"hi\\""\nB="a\\nb"\nC=\'a\\b\'', ['A 1: backslash']],
			[
				'another variable in it',
				'A=http://${HOST}/\nB=\'${HOST}\'\nC="$HOST"',
				['A 1: expansion', 'B 2: expansion', 'C 3: expansion'],
			],
			['a colon', 'A: b\nB=c: d', ['A 1: colon']],
			[
				'a backslash in single quotes that Python reads',
				String.raw`A='C:\\dir'` + '\n' + String.raw`B='C:\dir\'` + '\n' + String.raw`C='C:\dir'`,
				['A 1: backslash', 'B 2: backslash'],
			],
			['a name twice', 'A=1\nB=2\nA=3', ['A 1,3: severalTimes']],
			['lines that a quote swallowed', "A='it\nB=1\n'\nC=2", ['A 1: swallowedLines']],
			['lines that a key’s quotes swallowed', 'A="-----BEGIN K\nB=1\n-----END K"', ['A 1: swallowedLines']],
			['a key without quotes', 'A=-----BEGIN KEY-----\nabc=\nd+/f\n-----END KEY-----\nB=1', ['A 1: openKey']],
			[
				'JSON and blocks over lines',
				'A={\n"a":1\n}\nB: |\n  x\nC={}\nD=[]\nE=a|',
				['A 1: openLines', 'B 4: openLines,colon'],
			],
			['a value that begins in a later line', 'A=\n\n"x\nC=2\n"\nB=2', ['A 1: severalLines,swallowedLines']],
			['a # right behind the = or the quotes', 'A=#x\nB="x"#y\nC="x" #y\nD= #y', ['A 1: hash', 'B 2: hash']],
			['a # in a comment', 'A=x # y#z\nB=x #', []],
			['backticks', 'A=`id`\nB=x`id`\nC="`id`"\nD=\'`id`\'', ['A 1: backtick', 'B 2: backtick', 'C 3: backtick']],
			['a backslash without quotes', "A=a\\b\nB='a\\b'\nC=a # \\", ['A 1: backslash']],
			['quotes in the middle', 'A=b"c"\nB=it\'s\nC=b # "c"', ['A 1: innerQuote', 'B 2: innerQuote']],
			[
				'something behind the quotes',
				'A="a" b\nB="a" b "c"\nC={"a":1}',
				['A 1: innerQuote', 'B 2: innerQuote', 'C 3: innerQuote'],
			],
			[
				'what a shell runs or has a name for',
				'A=$(id)\nB=pa$$\nC=$5\nD=5$\nE=US$ 5',
				['A 1: expansion', 'B 2: expansion', 'C 3: expansion'],
			],
		] as const) {
			test(what, async () => assert.deepEqual(await doubtsIn(text), doubts));
		}
	});

	suite('makes no name of key material', () => {
		const line = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj';
		const body = `${line}\n${line}\naGVsbG8=`;
		const pem = `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----`;
		const encrypted = pem.replace('\n', '\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A\n\n');
		const pgp = `-----BEGIN PGP MESSAGE-----\nVersion: 1\n\nhQEMA\n=aB3d\n-----END PGP MESSAGE-----`;
		const open: [what: string, text: string, openKeys: string[], others: number[]][] = [
			['of a key without quotes', `K=${pem}`, ['K'], []],
			['of one behind a colon', `K: ${pem}`, ['K'], []],
			['of an encrypted one', `K=${encrypted}`, ['K'], []],
			['of a message with a checksum', `K=${pgp}`, ['K'], []],
			['of two in a chain', `K=${pem}\n${pem}`, ['K'], [6, 7, 8, 9, 10]],
			['of one without a name', pem, [], [1, 2, 3, 4, 5]],
			['of one behind a comment', `# mine\n${encrypted}`, [], [2, 3, 4, 6, 7, 8, 9]],
			['of one that begins in a comment', `# K=${pem}`, [], [1, 2, 3, 4, 5]],
			[
				'of the end of base64 in the other alphabet',
				`K=${line.replaceAll('B', '_')}\nZk3v_Q9xLp0TbN7yRw2HcQ==`,
				['K'],
				[],
			],
			['of one whose quote is never closed', `K="${pem}`, ['K'], []],
			['of one with a comment', `K=${pem.replace('\n', ' # mine\n')}`, ['K'], []],
			['of one whose first line has base64', `K=${pem.replace('\n', '')}`, ['K'], []],
			['of one without an end', `K=-----BEGIN PRIVATE KEY-----\n${body}`, ['K'], []],
			['of one without an end or lines', 'K=-----BEGIN PRIVATE KEY-----', ['K'], []],
			['of base64 over lines', `K=${body}`, ['K'], []],
			['of base64 over two lines', `K=${line}\naGVsbG8=`, ['K'], []],
			['of base64 over lines with an open quote', `K="${body}`, ['K'], []],
			['of the end of base64 that is nothing but a name without a value', `K=${line}\nYWI=`, ['K'], []],
			['of one that looks like a name and a sign', `K=${line}\nMQ==`, ['K'], []],
			['of one that has an underscore', `K=${line.replaceAll('B', '_')}\nA_I=`, ['K'], []],
			['of one without padding', `K=${line}\nAQAB`, ['K'], []],
			['of one behind an open quote', `K="${line}\nMQ==`, ['K'], []],
			['of one in a width that counts the name', `K=${line.slice(2)}\nYWIxQ=`, ['K'], []],
			['of hexadecimal digits over lines', `K=${'09af'.repeat(16)}\ndeadbeef`, ['K'], []],
			['of whatever else is behind base64', `K=${line}\nfoo bar`, ['K'], [2]],
			['of base64 without a name', body, [], [1, 2, 3]],
			['of base64 in short lines', `K=${line.slice(0, 32)}\n${line.slice(-32)}\nabc=`, ['K'], []],
			['of base64 of another width', `${line}ab=`, [], [1]],
		];
		for (const [what, text, openKeys, others] of open) {
			test(what, async () => {
				const last = text.split('\n').length + 1;
				const { variables, otherLines } = await parseDotenv(`${text}\nLAST_ONE=\nREAL=1\nEMPTY=`);
				const names = variables.map(({ name }) => name);
				assert.deepEqual(names, [...(text.startsWith('K') ? ['K'] : []), 'LAST_ONE', 'REAL', 'EMPTY']);
				const keys = variables.filter(({ doubts }) => doubts.includes('openKey')).map(({ name }) => name);
				assert.deepEqual(keys, openKeys);
				const inDoubt = variables.filter(({ doubts }) => doubts.length > 0).map(({ name }) => name);
				assert.deepEqual(inDoubt, text.startsWith('K') ? ['K'] : []);
				assert.deepEqual(otherLines, others);
				assert.deepEqual(variables.at(-2)?.lines, [last + 1]);
			});
		}

		test('of what may be the end of base64 anywhere without a doubt', async () => {
			assert.deepEqual(await doubtsIn('A=1\n\nMQ==\nB=2'), ['MQ 3: padding']);
		});

		test('of base64 that is wrapped, whatever its length, padding and alphabet', async () => {
			const letters = Object.entries({ base64: [64, 76], base64url: [64, 76], hex: [64] }) as [
				BufferEncoding,
				number[],
			][];
			for (let seed = 1; seed <= 3_000; seed++) {
				const random = seededRandom(seed);
				const oneOf = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)] as T;
				const [encoding, widths] = oneOf(letters);
				const width = oneOf(widths);
				const digitsIn = encoding === 'hex' ? 0.5 : 0.75;
				const length = Math.ceil(width * digitsIn) + 1 + Math.floor(random() * width * 2);
				const bytes = Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
				const text = bytes.toString(encoding).replaceAll('=', '');
				const padding = encoding === 'hex' || random() < 0.4 ? '' : '='.repeat((4 - (text.length % 4)) % 4);
				const quote = oneOf(['', '', '', '"']);
				// The name may count as a part of the first line.
				const first = oneOf([width, width, width - `K=${quote}`.length]);
				const rest = (text + padding).slice(first).match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
				if (rest.length === 0 || /^=+$/.test(rest.at(-1) ?? '')) continue;
				const before = oneOf(['', 'FIRST=1\n', '# note\n', '\n']);
				const after = oneOf([
					'',
					'\n',
					'\nNEXT_ONE=2',
					'\n# note\nNEXT_ONE=',
					'\n\nA=',
					'\nNEXT="x"',
					'\nexport NEXT=2',
				]);
				const file = `${before}K=${quote}${[text.slice(0, first), ...rest].join('\n')}${after}`;
				const { variables } = await parseDotenv(file);
				const [inDoubt, sure] = [true, false].map((isDoubted) =>
					variables.filter(({ doubts }) => isDoubted === doubts.length > 0).map(({ name }) => name),
				);
				const ordinary = [/FIRST/, /NEXT_ONE/, /NEXT(?!_)/, /^A=/m].filter((name) => name.test(before + after)).length;
				assert.deepEqual(inDoubt, ['K'], `seed ${seed}\n${file}`);
				assert.equal(sure?.length, ordinary, `seed ${seed}\n${file}`);
			}
		});

		test('but doubts nothing of a file with long values in single lines', async () => {
			for (const value of [
				line,
				line.replaceAll('B', '_'),
				'09af'.repeat(16),
				`${line}YWI=`,
				`${line}MQ==`,
				line.slice(0, 40),
			]) {
				for (const next of [
					'NAME=value',
					'A=',
					'export A=',
					'A = ',
					'DB_NAME_2=',
					'TIMEOUT=',
					'',
					'# note',
					'host: db',
					'a.b=',
				]) {
					const text = `TOKEN=${value}\n${next}\nLAST=1`;
					assert.deepEqual(await doubtsIn(text.replace('host: db', 'HOST=db')), [], text);
					assert.equal((await namesIn(text)).length, next === '' || next.startsWith('#') ? 2 : 3, text);
				}
			}
			assert.deepEqual(await doubtsIn(`TOKEN=${'09af'.repeat(16)}\nKEY=\nB=2`), []);
		});

		test('of the end of base64 behind a blank line, which is named as a line of its own', async () => {
			const text = `K=${line}\n\naGVsbG8gd29ybA==`;
			assert.deepEqual(await namesIn(text), ['K']);
			assert.deepEqual(await othersIn(text), [3]);
		});

		test('but keeps a key in closed quotes, or in one line, as it is', async () => {
			for (const text of [`K="${pem}"`, `K='${encrypted}' # mine`, 'K=-----BEGIN KEY----- abc -----END KEY-----']) {
				assert.deepEqual(await namesIn(`${text}\nEMPTY=`), ['K', 'EMPTY']);
				assert.deepEqual(await doubtsIn(text), []);
				assert.deepEqual(await othersIn(text), []);
			}
		});

		test('but keeps names without a value, also behind long values', async () => {
			const secret = 'wJalrXUtnFEMI1K7MDENG1bPxRfiCYEXAMPLEKEY';
			const text = `GOOGLE_APPLICATION_CREDENTIALS=\nSerilog__WriteTo__0__Args__connectionString=\nSECRET=${secret}\nTIMEOUT=\nLONG=${line}\nDEBUG=\nappName2=\n`;
			assert.deepEqual(await namesIn(text), [
				'GOOGLE_APPLICATION_CREDENTIALS',
				'Serilog__WriteTo__0__Args__connectionString',
				'SECRET',
				'TIMEOUT',
				'LONG',
				'DEBUG',
				'appName2',
			]);
			assert.deepEqual(await doubtsIn(text), []);
			assert.deepEqual(await othersIn(text), []);
		});

		test('but goes on where another variable begins before the end', async () => {
			const text = `A=-----BEGIN KEY-----\n${line}\nB=${pem}\n# -----BEGIN is said here\nC=1`;
			assert.deepEqual(await namesIn(text), ['A', 'B', 'C']);
			assert.deepEqual(await doubtsIn(text), ['A 1: openKey', 'B 3: openKey']);
		});
	});

	test('names the lines with an assignment that is commented out: it may be a secret that is imported nowhere', async () => {
		assert.deepEqual(await othersIn('# A remark = none\nA=1\n# OLD_PASSWORD=hunter2\n#export B=2\n# C='), [1, 3, 4]);
		for (const comment of [
			'# DB_PASSWORD = hunter2',
			'# DB_PASSWORD: hunter2',
			'# set DB_PASSWORD=hunter2',
			'#- DB_PASSWORD=hunter2',
			'# prod: postgres://app:hunter2@db/x',
			`# ghp_${'a1B2c3D4'.repeat(4)}`,
		]) {
			assert.deepEqual(await othersIn(`A=1\n${comment}`), [2], comment);
		}
		for (const comment of [
			'# ----------------------------------------',
			'# Database: see the docs',
			'# https://example.com/docs',
			'# C=',
		]) {
			assert.deepEqual(await othersIn(`A=1\n${comment}`), [], comment);
		}
	});

	test('makes no name of what no program takes for one', async () => {
		const key = 'A=-----BEGIN PRIVATE KEY-----\nMIIabc=\nabc==\n\nB=1\n-----END PRIVATE KEY-----';
		assert.deepEqual(await namesIn(key), ['A', 'B']);
		assert.deepEqual(await othersIn(key), [6]);
		assert.deepEqual(await namesIn('1abc=2\nA=1'), ['A']);
		assert.deepEqual(await othersIn('1abc=2\nA=1'), [1]);
	});

	suite('says which lines are no assignments', () => {
		test('of plain lines', async () => assert.deepEqual(await othersIn('A=1\nfoo bar\n\n# note\nB\nC=3'), [2, 5]));

		test('with none', async () => assert.deepEqual(await othersIn('A=1\n  # note\n\nB=2\n'), []));

		test('with nothing else', async () => assert.deepEqual(await othersIn('hello\nworld'), [1, 2]));

		test('around a value of several lines, whose own lines do not count', async () => {
			assert.deepEqual(await othersIn('foo\nKEY="-----BEGIN\nabc\n\\"x\\"\n-----END"\nbar\nA=1'), [1, 6]);
		});

		test('around a quote that is never closed', async () => assert.deepEqual(await othersIn('A="open\nfoo\nB=1'), [2]));

		test('with both of an assignment that only dotenv reads over two lines', async () => {
			assert.deepEqual(await othersIn('A\n=1\nB:\n2'), [1, 2, 3, 4]);
		});
	});

	test('is offered for an import under the names that such files have', () => {
		const offered = [
			'.env',
			'.env.local',
			'.env-test',
			'prod.env',
			'prod.env.old',
			'.dev.vars',
			'.dev.vars.x',
			'.flaskenv',
		];
		for (const name of offered) assert.match(name, dotenvFileName);
		for (const name of ['.envrc', 'env', 'environment.ts', 'my.environment', '.vars']) {
			assert.doesNotMatch(name, dotenvFileName);
		}
	});

	suite('is read in a time that grows with its length only', () => {
		const filled = (unit: string, before = '', after = '') =>
			before + unit.repeat((maxFileLength - before.length - after.length) / unit.length) + after;
		for (const [what, text, names] of [
			['of blank lines', filled('\n'), []],
			['of blank lines behind a name', filled('\n', 'A=', '"x'), ['A']],
			['of one value in quotes', filled('\n', 'A="', '"'), ['A']],
			['of quotes that are not closed', filled('A="\nB=\'\nC=`\n'), ['A', 'B', 'C']],
			['of escaped quotes', filled('\\"   ', 'A="', '"x'), ['A']],
			['of one name', filled('A=1\n'), ['A']],
			['of keys that begin', filled('# -----BEGIN \nfoo\n'), []],
			['of keys that begin in quotes', filled('-----BEGIN \n', 'A="', '"'), ['A']],
			['of a comment of letters', filled('a', '# '), []],
			['of a comment of what may begin tokens', filled('eyJ-M-', '# '), []],
			['of a comment of what may begin addresses', filled('//x', '# '), []],
			['of a comment of what may begin credentials', filled('"a:', '# '), []],
			['of a comment of what may end credentials', filled('@a', '# a:'), []],
			['of long values in base64', filled(`A=${'aB3d'.repeat(20)}\n`), ['A']],
			['of base64 over lines', filled(`${'aB3d'.repeat(16)}\n`, 'A='), ['A']],
			['of line separators and quotes', filled("'x\u2028", 'A='), []],
		] as const) {
			test(what, async () => {
				// Where it grew with the square, this would take minutes, and be ended.
				const { variables } = await parseDotenv(text);
				assert.deepEqual(
					variables.map(({ name }) => name),
					names,
				);
			});
		}
	});
});
