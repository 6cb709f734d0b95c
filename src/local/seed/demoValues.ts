import { createHash } from 'node:crypto';

/** Makes the value of one version of an object. The same name and version always give the same value. */
export type MakeValue = (name: string, version: number) => string;

/** Characters that look random but are the same each time: nothing here was ever a secret. */
function letters(name: string, length: number): string {
	let text = '';
	for (let block = 0; text.length < length; block++) {
		text += createHash('sha256').update(`demo ${block} ${name}`).digest('base64url').replace(/[-_]/g, 'x');
	}
	return text.slice(0, length);
}

/** A token such as services hand out. */
export const token: MakeValue = (name, version) => `tok_${letters(`${name} ${version}`, 40)}`;

/** A token that is changed back and forth: every other version has the value of the first. */
export const alternating: MakeValue = (name, version) => token(name, version % 2);

/** A token whose every fourth change was taken back: it has the value of the version before the last again. */
export const returning: MakeValue = (name, version) =>
	token(name, version % 4 === 1 && version > 1 ? version - 2 : version);

/** A short number. */
export const pin: MakeValue = (name, version) =>
	String(
		parseInt(createHash('sha256').update(`${name} ${version}`).digest('hex').slice(0, 8), 16) % 1_000_000,
	).padStart(6, '0');

/** A connection string with user and password. */
export function connection(scheme: string, port: number, path: string): MakeValue {
	return (name, version) => {
		const host = `${scheme}.${letters(name, 6).toLowerCase()}.example`;
		return `${scheme}://app:${letters(`${name} ${version}`, 24)}@${host}:${port}${path}`;
	};
}

/** Credentials as a JSON object. */
export const json: MakeValue = (name, version) =>
	JSON.stringify(
		{
			client_id: letters(name, 16),
			client_secret: letters(`${name} ${version}`, 40),
			scopes: ['read', 'write'],
			expires_in_days: 90,
			revision: version,
		},
		undefined,
		2,
	);

/** A private key in PEM's form, with a line break at its end. It is no key: the bytes are made up. */
export const pem: MakeValue = (name, version) => {
	const dashes = '-'.repeat(5);
	const mark = (word: string) => `${dashes}${word} PRIVATE KEY${dashes}`;
	const lines = letters(`${name} ${version}`, 64 * 12 + 32).match(/.{1,64}/g) ?? [];
	return [mark('BEGIN'), ...lines, mark('END'), ''].join('\n');
};

/** A whole .env file, with comments, quotes and an empty line. */
export const env: MakeValue = (name, version) =>
	[
		'# Written by the deployment, do not edit by hand',
		'NODE_ENV=production',
		`DATABASE_URL=${connection('postgres', 5432, '/app')(name, version)}`,
		`SESSION_SECRET="${letters(`session ${name} ${version}`, 32)}"`,
		'',
		'# Mail',
		'SMTP_HOST=smtp.example',
		`SMTP_PASSWORD='${letters(`smtp ${name} ${version}`, 16)} with spaces'`,
		'LOG_LEVEL=info',
		'',
	].join('\n');

/** A settings file from Windows: CRLF, also at its end. */
export const odbc: MakeValue = (name, version) =>
	['[warehouse]', 'Driver=ODBC Driver 18', 'Server=wh-01.example', `Pwd=${letters(`${name} ${version}`, 18)}`, ''].join(
		'\r\n',
	);

/** Text in several scripts, with combined characters and an emoji of several code points. */
export const unicode: MakeValue = (name, version) =>
	`Grüße aus Zürich · pão de queijo · ключ № ${version} · 鍵と錠前 · مفتاح · cafe\u0301 · 👩🏽‍🔧 · ${letters(name, 12)}`;

/** A value of exactly 100 KiB: a JSON object of many coordinates. */
export const large: MakeValue = (name, version) => {
	const start = `{\n  "type": "ServiceArea",\n  "revision": ${version},\n  "cells": [\n`;
	const end = '    ""\n  ]\n}\n';
	const cell = (index: number) => `    "${letters(`${name} ${version} ${index}`, 56)}",\n`;
	const room = 100 * 1024 - start.length - end.length;
	const size = cell(0).length;
	const cells = Array.from({ length: Math.floor(room / size) }, (_, index) => cell(index)).join('');
	return start + cells + end.padStart(end.length + (room % size));
};
